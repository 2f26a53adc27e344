import { logProbabilities, prepare, probabilities, readOptions, sharedRules } from "@lossary/core-reduce";
import { onEachBackend } from "@lossary/test-kit";
import { grad, sum, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const problemOf = (predictions: Tensor, options: object) => {
  const labels = tensor([0, 0, 0], [1, 3], "int32");
  return prepare("loss", labels, predictions, readOptions("loss", options, sharedRules));
};
const logits = () => tensor([1, 1, Number.NaN, Number.POSITIVE_INFINITY, 1e4, -1e4], [1, 3, 2]);
const softmax = () => ({ activation: "softmax", weights: tensor([1, 0, 2], [1, 3]) });

onEachBackend("probabilities", () => {
  it("are finite at ignored voxels, whatever stands there, and have no gradient there", () => {
    expect([...probabilities(problemOf(logits(), softmax())).dataSync()]).toBeClose([0.5, 0.5, 0.5, 0.5, 1, 0]);
    const slopes = grad((x: Tensor) => sum(probabilities(problemOf(x, softmax()))))(logits());
    expect([...slopes.dataSync()].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("have logarithms that do not saturate: ln p = -20000 for logits 20000 apart", () => {
    const { logProbability, logComplement } = logProbabilities(problemOf(logits(), softmax()));
    expect([...logProbability().dataSync()].slice(4)).toEqual([0, -20000].map((x) => expect.closeTo(x)));
    expect([...logComplement().dataSync()].slice(4)).toEqual([-20000, 0].map((x) => expect.closeTo(x)));
  });
});
