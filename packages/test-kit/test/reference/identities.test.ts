import { describe, expect, it } from "vitest";
import {
  type ReferenceInput,
  type ReferenceLossName,
  type ReferenceOptions,
  referenceLosses,
} from "../../src/reference.ts";

const p = [0.9, 0.2, 0.6, 0.3, 0.45, 0.75];
const g = [1, 0, 1, 1, 0, 0];

/** One sigmoid-like channel, or the same as two exclusive ones. */
const oneChannel = { shape: [2, 3, 1], predictions: Float64Array.from(p), labels: Int32Array.from(g) };
const twoChannels = {
  shape: [2, 3, 2],
  predictions: Float64Array.from(p.flatMap((x) => [1 - x, x])),
  labels: Int32Array.from(g),
};

function value(loss: ReferenceLossName, options: ReferenceOptions, input: ReferenceInput = twoChannels): number {
  return referenceLosses[loss]({ ...input, options }).values[0] as number;
}

describe("identities between the references", () => {
  it.each([
    ["focal with gamma 0 is cross entropy", value("focalLoss", { gamma: 0 }), value("crossEntropyLoss", {})],
    [
      "poly with epsilon 0 is cross entropy",
      value("polyCrossEntropyLoss", { epsilon: 0 }),
      value("crossEntropyLoss", {}),
    ],
    ["top 100 % is cross entropy", value("topKLoss", { percent: 100 }), value("crossEntropyLoss", {})],
    [
      "weights of 1 are no weights",
      value("weightedCrossEntropyLoss", { classWeights: [1, 1] }),
      value("crossEntropyLoss", {}),
    ],
    [
      "balanced with beta 1/2 is half the cross entropy of one channel",
      2 * value("balancedCrossEntropyLoss", { beta: 0.5 }, oneChannel),
      value("crossEntropyLoss", {}, oneChannel),
    ],
    [
      "one channel and its complement are two exclusive channels",
      value("crossEntropyLoss", {}, oneChannel),
      value("crossEntropyLoss", {}),
    ],
    [
      "Tversky(.5, .5) is Dice with twice the smoothing",
      value("tverskyLoss", { falsePositiveWeight: 0.5, falseNegativeWeight: 0.5, smooth: 0.5 }),
      value("diceLoss", { smooth: 1 }),
    ],
    [
      "Tversky(1, 1) is IoU",
      value("tverskyLoss", { falsePositiveWeight: 1, falseNegativeWeight: 1, smooth: 1 }),
      value("iouLoss", { smooth: 1 }),
    ],
    [
      "noise-robust Dice with gamma 2 is Dice of squares",
      value("noiseRobustDiceLoss", { gamma: 2 }),
      value("diceLoss", { denominator: "squares" }),
    ],
    [
      "noise-robust Dice with gamma 1 over the sum is Dice",
      value("noiseRobustDiceLoss", { gamma: 1, denominator: "sum" }),
      value("diceLoss", {}),
    ],
    ["focal Tversky with gamma 1 is Tversky", value("focalTverskyLoss", { gamma: 1 }), value("tverskyLoss", {})],
    [
      "generalised Dice of one class is Dice",
      value("generalizedDiceLoss", { weighting: "uniform" }, oneChannel),
      value("diceLoss", {}, oneChannel),
    ],
    [
      "unified focal, all focal, gamma 0, delta .5, is half the cross entropy",
      2 * value("asymmetricUnifiedFocalLoss", { focalWeight: 1, gamma: 0, delta: 0.5 }),
      value("crossEntropyLoss", {}),
    ],
    [
      "unified focal, no focal, gamma 0, delta .5, is Tversky(.5, .5)",
      value("symmetricUnifiedFocalLoss", { focalWeight: 0, gamma: 0, delta: 0.5 }),
      value("tverskyLoss", { falsePositiveWeight: 0.5, falseNegativeWeight: 0.5 }),
    ],
    [
      "asymmetric unified focal of one channel is that of two exclusive channels",
      value("asymmetricUnifiedFocalLoss", {}, oneChannel),
      value("asymmetricUnifiedFocalLoss", {}),
    ],
    [
      "symmetric unified focal of one channel is that of two exclusive channels",
      value("symmetricUnifiedFocalLoss", {}, oneChannel),
      value("symmetricUnifiedFocalLoss", {}),
    ],
    [
      "the two unified focal losses agree at gamma 0",
      value("symmetricUnifiedFocalLoss", { gamma: 0 }),
      value("asymmetricUnifiedFocalLoss", { gamma: 0 }),
    ],
  ])("%s", (_, left, right) => {
    expect(left).toBeGreaterThan(0);
    expect(left).toBeCloseTo(right, 12);
  });

  it("inverse frequencies of classes with 3 and 3 voxels are 1, with 4 and 2 they are 3/4 and 3/2", () => {
    expect(value("weightedCrossEntropyLoss", { classWeights: "inverseFrequency" })).toBeCloseTo(
      value("crossEntropyLoss", {}),
      12,
    );
    const uneven = { ...twoChannels, labels: Int32Array.of(0, 0, 1, 1, 0, 0) };
    expect(value("weightedCrossEntropyLoss", { classWeights: "inverseFrequency" }, uneven)).toBeCloseTo(
      value("crossEntropyLoss", { classWeights: [0.75, 1.5] }, uneven),
      12,
    );
  });
});

describe("ignored voxels", () => {
  const garbage = {
    shape: [1, 4, 2],
    predictions: Float64Array.of(0.1, 0.9, 0.8, 0.2, 0.4, 0.6, 0.3, 0.7),
    labels: Int32Array.of(1, 0, 1, 9),
  };
  const clean = { shape: [1, 3, 2], predictions: garbage.predictions.slice(0, 6), labels: garbage.labels.slice(0, 3) };
  const losses: [ReferenceLossName, ReferenceOptions][] = [
    ["crossEntropyLoss", {}],
    ["weightedCrossEntropyLoss", { classWeights: "inverseFrequency" }],
    ["balancedCrossEntropyLoss", {}],
    ["topKLoss", { percent: 50 }],
    ["focalLoss", {}],
    ["polyCrossEntropyLoss", {}],
    ["distancePenalizedCrossEntropyLoss", {}],
    ["asymmetricUnifiedFocalLoss", {}],
    ["diceLoss", {}],
    ["generalizedDiceLoss", {}],
    ["noiseRobustDiceLoss", {}],
    ["sensitivitySpecificityLoss", {}],
    ["lovaszSoftmaxLoss", {}],
    ["matthewsCorrelationLoss", {}],
    ["clDiceLoss", {}],
    ["boundaryLoss", {}],
    ["hausdorffDistanceLoss", {}],
    ["hausdorffErosionLoss", {}],
    ["hausdorffConvolutionLoss", {}],
    ["shapeAwareLoss", {}],
    ["activeBoundaryLoss", {}],
    ["boundaryDoULoss", {}],
    ["signedDistanceRegressionLoss", {}],
    ["comboLoss", {}],
    ["exponentialLogarithmicLoss", {}],
    ["diceCrossEntropyLoss", {}],
    ["diceHausdorffLoss", {}],
    [
      "generalizedWassersteinDiceLoss",
      {
        distanceMatrix: [
          [0, 1],
          [1, 0],
        ],
      },
    ],
  ];

  it.each(losses)("%s is the same with an ignored voxel at the end as without it", (loss, options) => {
    expect(value(loss, options, garbage)).toBe(value(loss, options, clean));
    const zeroWeight = { ...garbage, labels: Int32Array.of(1, 0, 1, 0) };
    expect(value(loss, { ...options, weights: Float64Array.of(1, 1, 1, 0) }, zeroWeight)).toBe(
      value(loss, options, clean),
    );
    expect(value(loss, { ...options, ignoreLabel: 9 }, garbage)).toBe(value(loss, options, clean));
  });

  it.each(losses)("%s is 0 when everything is ignored", (loss, options) => {
    expect(value(loss, { ...options, weights: new Float64Array(3) }, clean)).toBe(0);
  });
});

describe("skeletons of 1-D masks", () => {
  const row = (mask: string) => Float64Array.from(mask, Number);
  const clDice = (truth: string, guess: string) =>
    value("clDiceLoss", { smooth: 0 }, { shape: [1, truth.length, 1], predictions: row(guess), labels: row(truth) });

  it("0011100 against itself costs nothing", () => expect(clDice("0011100", "0011100")).toBe(0));
  it("a shift by one keeps each centre within the other mask", () => expect(clDice("0011100", "0001110")).toBe(0));
  it("a shift by three does not", () => expect(clDice("0011100", "0000011")).toBe(1));
});

describe("the penalty field", () => {
  it("of 0011100 is 0 1 1 0 1 1 0", () => {
    // Every voxel has the same cross entropy ln 2, so the voxel map is (1 + F) ln 2.
    const input = {
      shape: [1, 7, 1],
      predictions: new Float64Array(7).fill(0.5),
      labels: Int32Array.of(0, 0, 1, 1, 1, 0, 0),
    };
    const { values } = referenceLosses.distancePenalizedCrossEntropyLoss({ ...input, options: { reduction: "none" } });
    const field = Array.from(values, (m) => m / Math.LN2 - 1);
    for (const [i, f] of [0, 1, 1, 0, 1, 1, 0].entries()) expect(field[i]).toBeCloseTo(f, 12);
  });
});
