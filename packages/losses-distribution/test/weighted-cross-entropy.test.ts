import {
  crossEntropyLoss,
  inverseFrequencyWeights,
  type WeightedCrossEntropyLossOptions,
  weightedCrossEntropyLoss,
} from "@lossary/losses-distribution";
import { type AnyLoss, gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { ones, tensor2d, zeros } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

// the options are required, which a loss of the test kit does not know
const weighted: AnyLoss = (labels, predictions, options) =>
  weightedCrossEntropyLoss(labels, predictions, options as never);

/** p1 = .9, .2, .6, .3 and p0 = 1 - p1; the truth is 1, 0, 1, 1. */
const pair = {
  shape: [1, 4, 2],
  predictions: [0.1, 0.9, 0.8, 0.2, 0.4, 0.6, 0.7, 0.3],
  labels: Int32Array.of(1, 0, 1, 1),
};

const logits = { ...pair, predictions: new Float64Array(8) };

onEachBackend("weightedCrossEntropyLoss", () => {
  it("is .9659 with positives that weigh 2", () => {
    const call = { ...pair, options: { classWeights: [1, 2] } };
    expect(lossOf(weighted, call).values).toBeClose(0.96586536);
    expect(gradientOf(weighted, call)).toBeClose([0, -0.555556, -0.3125, 0, 0, -0.833333, 0, -1.666667], {
      relative: 1e-6,
    });
  });

  it("divides by the weights of the labels with normalize weights: 4 x .9659 / 7", () => {
    const call = { ...pair, options: { classWeights: [1, 2], normalize: "weights" } };
    expect(lossOf(weighted, call).values).toBeClose((4 * 0.96586536) / 7);
  });

  it("is cross entropy with weights of 1, to the last bit", () => {
    const plain = lossOf(crossEntropyLoss, pair).values;
    expect(lossOf(weighted, { ...pair, options: { classWeights: [1, 1] } }).values).toEqual(plain);
  });

  it("takes 4 / (2 x 1) and 4 / (2 x 3) from labels of which one is 0 and three are 1", async () => {
    const map = { ...logits, options: { activation: "softmax", reduction: "none", classWeights: "inverseFrequency" } };
    expect(lossOf(weighted, map).values).toBeClose([2 / 3, 2, 2 / 3, 2 / 3].map((q) => q * Math.LN2));
    const truth = tensor2d([[1, 0, 1, 1]], [1, 4], "int32");
    const classWeights = await inverseFrequencyWeights(truth, { classes: 2 });
    const numbers = { ...pair, options: { classWeights } };
    const batch = { ...pair, options: { classWeights: "inverseFrequency" } };
    expect(lossOf(weighted, batch).values).toBeClose(lossOf(weighted, numbers).values);
    expect(gradientOf(weighted, batch)).toBeClose(gradientOf(weighted, numbers));
  });

  it("gives an absent class the largest weight, so its channel still counts: labels 0, 0, 0, 1 of 3 classes", () => {
    const call = {
      shape: [1, 4, 3],
      predictions: new Float64Array(12),
      labels: Int32Array.of(0, 0, 0, 1),
      options: { activation: "sigmoid", classWeights: "inverseFrequency", reduction: "sample" },
    };
    // q = 4/9, 4/3, 4/3; every channel of every voxel costs ln 2
    expect(lossOf(weighted, call).values).toBeClose(((4 / 9 + 4 / 3 + 4 / 3) / 3) * Math.LN2);
  });

  it("does not count ignored voxels: without the only 0, all weights are those of the present class", () => {
    const call = {
      ...logits,
      options: { activation: "softmax", classWeights: "inverseFrequency", weights: Float64Array.of(1, 0, 1, 1) },
    };
    // G = 0, 3: q_1 = 3 / (2 x 3)
    expect(lossOf(weighted, call).values).toBeClose(Math.LN2 / 2);
  });

  it("refuses to go without class weights", () => {
    const call = () =>
      weightedCrossEntropyLoss(ones([1, 1, 2]), ones([1, 1, 2]), {} as WeightedCrossEntropyLossOptions);
    expect(call).toThrow("weightedCrossEntropyLoss: classWeights must be a list of finite numbers");
    expect(call).toThrow('or "inverseFrequency" (got undefined)');
  });

  it("refuses the frequencies of one class, which are always 1", () => {
    const one = zeros([1, 2, 1]);
    expect(() => weightedCrossEntropyLoss(one, one, { classWeights: "inverseFrequency" })).toThrow(
      'weightedCrossEntropyLoss: classWeights "inverseFrequency" of 1 class is always 1; use balancedCrossEntropyLoss',
    );
  });

  it("refuses class weights of another number", () => {
    expect(() => weightedCrossEntropyLoss(ones([1, 1, 2]), ones([1, 1, 2]), { classWeights: [1, 2, 3] })).toThrow(
      "weightedCrossEntropyLoss: classWeights must be 2 numbers, one a class, background included (got [1, 2, 3])",
    );
  });
});
