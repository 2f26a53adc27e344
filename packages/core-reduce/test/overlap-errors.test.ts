import {
  overlapAndErrorPowers,
  overlapAndSidedErrors,
  overlapAndTrueNegatives,
  overlapSums,
  type Problem,
  prepare,
  ratioRules,
  readOptions,
  type SettledRatio,
} from "@lossary/core-reduce";
import { onEachBackend, readGradient, readLoss } from "@lossary/test-kit";
import { concat, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const summing =
  (sums: (problem: Problem, options: SettledRatio) => Tensor2D[]) =>
  (labels: Tensor, predictions: Tensor, options?: object) => {
    const settled = readOptions("sums", options, ratioRules);
    return concat(sums(prepare("sums", labels, predictions, settled), settled), 1);
  };

const trueNegatives = summing((problem, options) => [overlapAndTrueNegatives(problem, options).trueNegatives]);

onEachBackend("overlap and errors", () => {
  it("sums min(1 - p, 1 - g), or the product, for p = .4, .5, .9 and g = 0, .25, 1", async () => {
    const call = { shape: [1, 3, 1], predictions: [0.4, 0.5, 0.9], labels: [0, 0.25, 1] };
    expect((await readLoss(trueNegatives, call)).values).toBeClose(0.6 + 0.5);
    expect(await readGradient(trueNegatives, call)).toBeClose([-1, -1, 0]);
    const product = { ...call, options: { intersection: "product" } };
    expect((await readLoss(trueNegatives, product)).values).toBeClose(0.6 + 0.5 * 0.75);
    expect(await readGradient(trueNegatives, product)).toBeClose([-1, -0.75, 0]);
  });

  it("has true negatives of exactly 0 where everything is labelled", async () => {
    const call = { shape: [1, 3, 1], predictions: [0.1, 0.2, 0.7], labels: [1, 1, 1] };
    expect((await readLoss(trueNegatives, call)).values).toEqual([0]);
  });

  it("sums (p - g)^2 g and (p - g)^2 (1 - g) for p = .4, .5, .9 and g = 0, .25, 1", async () => {
    const sides = summing((problem, options) => {
      const { ofLabelled, ofUnlabelled } = overlapAndSidedErrors(problem, options);
      return [ofLabelled, ofUnlabelled];
    });
    const call = { shape: [1, 3, 1], predictions: [0.4, 0.5, 0.9], labels: [0, 0.25, 1] };
    // 0.0625 / 4 + 0.01, and 0.16 + 0.0625 * 3/4
    expect((await readLoss(sides, call)).values).toBeClose([0.025625, 0.206875]);
  });

  it("sums |p - g|^k: 0.1^1.5 + 0.2^1.5 + 0.4^1.5 + 0.7^1.5 = 0.9597", async () => {
    const powers = summing((problem, options) => [overlapAndErrorPowers(problem, options, 1.5).errorPowers]);
    const call = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
    expect((await readLoss(powers, call)).values).toBeClose(0.9597, { absolute: 1e-4 });
  });

  it("has the sums of overlap beside them, and leaves class 0 out of all", async () => {
    const call = {
      shape: [1, 2, 2],
      predictions: [0.4, 0.6, 0.7, 0.3],
      labels: [1, 0, 0, 1],
      options: { includeBackground: false },
    };
    const alone = summing((problem, options) => {
      const { intersection, falsePositives, falseNegatives, squaredErrors } = overlapSums(problem, options);
      return [intersection, falsePositives, falseNegatives, squaredErrors];
    });
    const beside = summing((problem, options) => {
      const { overlap, trueNegatives } = overlapAndTrueNegatives(problem, options);
      return [
        overlap.intersection,
        overlap.falsePositives,
        overlap.falseNegatives,
        overlap.squaredErrors,
        trueNegatives,
      ];
    });
    const { values } = await readLoss(alone, call);
    expect(values).toHaveLength(4);
    expect((await readLoss(beside, call)).values).toBeClose([...values, 0.4]);
  });
});
