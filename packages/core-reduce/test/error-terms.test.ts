import { distributionRules, errorTerms, prepare, readOptions } from "@lossary/core-reduce";
import { onEachBackend, readGradient, readLoss } from "@lossary/test-kit";
import { ones, type Tensor, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

/** The error map of a call, channels apart where `multiLabel` says so. */
function errors(labels: Tensor, predictions: Tensor, options?: object): Tensor {
  const problem = prepare("errors", labels, predictions, readOptions("errors", options, distributionRules));
  const all = ones([1, problem.classes]) as Tensor2D;
  return errorTerms(problem, { positive: all, negative: problem.multiLabel ? all : undefined });
}

onEachBackend("errorTerms", () => {
  it("is 1 - p of the truth, of both sides for one class", async () => {
    const call = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
    expect((await readLoss(errors, call)).values).toBeClose([0.1, 0.2, 0.4, 0.7]);
    expect(await readGradient(errors, call)).toBeClose([-1, 1, -1, -1]);
  });

  it("keeps the digits of a nearly perfect softmax: 1 - p = 1 / (1 + e^12)", async () => {
    const call = {
      shape: [1, 1, 2],
      predictions: [6, -6],
      labels: Int32Array.of(0),
      options: { activation: "softmax" },
    };
    const wrong = 1 / (1 + Math.exp(12));
    expect((await readLoss(errors, call)).values).toBeClose(wrong, { absolute: 0 });
    expect(await readGradient(errors, call)).toBeClose([-wrong * (1 - wrong), wrong * (1 - wrong)], { absolute: 0 });
  });

  it("takes each class at its cost, and ignored voxels at nothing", async () => {
    const weighted = (labels: Tensor, predictions: Tensor, options?: object) => {
      const problem = prepare("errors", labels, predictions, readOptions("errors", options, distributionRules));
      return errorTerms(problem, { positive: tensor2d([[2, 3]]) });
    };
    const call = {
      shape: [1, 3, 2],
      predictions: [0.25, 0.75, 0.5, 0.5, 0.1, 0.9],
      labels: Int32Array.of(0, 1, 7),
    };
    expect((await readLoss(weighted, call)).values).toBeClose([1.5, 1.5, 0]);
  });
});
