import { describe, expect, it } from "vitest";
import { regionOf } from "../../src/reference/distance.ts";
import { signedDistance } from "../../src/reference/signed-distance.ts";
import {
  blobLoss,
  deepSupervision,
  deepSupervisionWeights,
  downsample,
  type ReferenceLossName,
  type ReferenceOptions,
  referenceLosses,
  weightedSum,
} from "../../src/reference.ts";

const row = (digits: string) => Float64Array.from(digits, Number);

/** A loss of one channel and one sample along a line. */
function line(loss: ReferenceLossName, truth: string, predictions: ArrayLike<number>, options: ReferenceOptions = {}) {
  const input = {
    shape: [1, truth.length, 1],
    predictions: Float64Array.from(predictions),
    labels: row(truth),
    options,
  };
  return referenceLosses[loss](input).values;
}

function phi(mask: string, spatial: number[], spacing?: number[]): number[] {
  const digits = row(mask);
  const region = regionOf(
    Array.from(digits, () => true),
    (i) => digits[i] === 1,
  );
  return signedDistance(spatial, region, spacing).map((x) => Number(x.toFixed(6)) + 0);
}

describe("the signed distance", () => {
  it("of 0011100 is 2 1 0 -1 0 1 2", () => expect(phi("0011100", [7])).toEqual([2, 1, 0, -1, 0, 1, 2]));
  it("halves with the spacing", () => expect(phi("0011100", [7], [0.5])).toEqual([1, 0.5, 0, -0.5, 0, 0.5, 1]));
  it("of an empty and of a full mask is 0", () => {
    expect(phi("000", [3])).toEqual([0, 0, 0]);
    expect(phi("111", [3])).toEqual([0, 0, 0]);
  });
  it("loses the step of the axis on which the outside lies, and is 0 where a face touches it", () => {
    // Columns are 0.7 apart, rows 1.5: column 2 lies 2 x 0.7 from column 0, and loses one 0.7.
    expect(phi("0111101111", [2, 5], [1.5, 0.7])).toEqual([0.7, 0, -0.7, -1.4, -2.1, 0.7, 0, -0.7, -1.4, -2.1]);
    // Row 1 touches row 0 across the thick step: 0, although 2 x 0.7 to the left is nearer.
    expect(phi("000011", [2, 3], [1.5, 0.7]).slice(4)).toEqual([0, 0]);
  });
});

describe("Hausdorff losses", () => {
  it("have the field 2 1 1 2 1 1 2 about 0011100", () => {
    // One voxel is wrong at a time, by 1; the mask of the prediction is left out.
    const field = Array.from({ length: 7 }, (_, i) => {
      const predictions = row("0011100");
      predictions[i] = 1 - (predictions[i] as number);
      return 7 * (line("hausdorffDistanceLoss", "0011100", predictions, { alpha: 1, sided: "target" })[0] as number);
    });
    expect(field).toEqual([2, 1, 1, 2, 1, 1, 2]);
  });

  it("cost 2 a voxel where both masks have no border and disagree", () => {
    expect(line("hausdorffDistanceLoss", "0000", row("1111"))[0]).toBe(2);
    expect(line("hausdorffDistanceLoss", "0000", row("1111"), { borderless: 0 })[0]).toBe(0);
  });

  it("by erosion: errors 0111110 are 0 1/3 1 1 1 1/3 0, then 0 0 5/9 1 5/9 0 0", () => {
    const [value] = line("hausdorffErosionLoss", "0000000", row("0111110"), { erosions: 2 });
    expect(value).toBeCloseTo((3 + 2 / 3 + 4 * (1 + 10 / 9)) / 7, 12);
  });

  it("by convolution: an invented 01110 counts (1 + 1/3) + (1 + 1) + (1 + 1/3) at radius 1", () => {
    expect(line("hausdorffConvolutionLoss", "00000", row("01110"), { radii: [1] })[0]).toBeCloseTo(14 / 3 / 5, 12);
  });

  it("cost more the further a mask is shifted", () => {
    const costs = ["011100000", "001110000", "000111000", "000011100"].map((guess) =>
      line("hausdorffDistanceLoss", "011100000", row(guess)),
    );
    expect(costs[0]?.[0]).toBe(0);
    for (const k of [1, 2, 3]) expect(costs[k]?.[0]).toBeGreaterThan(costs[k - 1]?.[0] as number);
  });
});

describe("other boundary losses", () => {
  it("shape-aware: a shift by one doubles the cross entropy of its two wrong voxels", () => {
    const predictions = Array.from("0001110", (digit) => (digit === "1" ? 0.9 : 0.1));
    const expected = (-2 * 2 * Math.log(0.1) - 5 * Math.log(0.9)) / 7;
    expect(line("shapeAwareLoss", "0011100", predictions)[0]).toBeCloseTo(expected, 12);
  });

  it("shape-aware: a missing contour counts as the diagonal", () => {
    const predictions = new Array<number>(4).fill(0.1);
    const expected = (-(1 + 4) * Math.log(0.1) - 3 * Math.log(0.9)) / 4;
    expect(line("shapeAwareLoss", "0010", predictions)[0]).toBeCloseTo(expected, 12);
  });

  it("active boundary: the two voxels at the predicted border are pushed to the left", () => {
    // 0.1 against 0.9: a divergence of .8 ln 9 to one side and 0 to the other; the true border is 1 and 2 voxels away
    const turn = 0.8 * Math.log(9);
    const total = Math.log(1 + Math.exp(turn));
    const expected = ((1 / 20) * (total - 0.1 * turn) + (2 / 20) * (total - 0.9 * turn)) / 2;
    const predictions = [0.1, 0.1, 0.1, 0.1, 0.1, 0.9, 0.9];
    expect(line("activeBoundaryLoss", "0001111", predictions, { boundaryShare: 0.3 })[0]).toBeCloseTo(expected, 12);
  });

  it("active boundary: 0 without a border in the target", () => {
    expect(line("activeBoundaryLoss", "0000", [0.1, 0.2, 0.9, 0.9])[0]).toBe(0);
  });

  it("boundary difference over union: 5 voxels, 2 of them border, shifted by one", () => {
    // a = 1 - 2 x 2/5: 1 - 0.8 x 4 / (5 + 5 - 1.2 x 4)
    expect(line("boundaryDoULoss", "0111110", row("0011111"), { smooth: 0 })[0]).toBeCloseTo(1 - 3.2 / 5.2, 12);
    expect(line("boundaryDoULoss", "0111110", row("0111110"))[0]).toBeCloseTo(0, 12);
  });

  it("signed distance regression: 0 for the map itself, 4/7 + 1/3 for zeros", () => {
    expect(line("signedDistanceRegressionLoss", "0011100", [1, 0.5, 0, -1, 0, 0.5, 1])[0]).toBeCloseTo(0, 12);
    expect(line("signedDistanceRegressionLoss", "0011100", new Array(7).fill(0), { smooth: 0 })[0]).toBeCloseTo(
      4 / 7 + 1 / 3,
      12,
    );
  });
});

describe("losses made of losses", () => {
  const input = { shape: [1, 4, 1], predictions: row("1000"), labels: row("1011") };
  const dice = referenceLosses.diceLoss;

  it("a weighted sum adds its terms, each with its own options", () => {
    const sum = weightedSum([
      { loss: dice, weight: 2, options: { smooth: 0 } },
      { loss: referenceLosses.iouLoss, options: { smooth: 1 } },
    ]);
    // Dice 1 - 2/4, IoU 1 - (1 + 1)/(3 + 1)
    expect(sum(input).values[0]).toBeCloseTo(2 * 0.5 + 0.5, 12);
  });

  it("terms of different shapes do not add", () => {
    const options = { reduction: "none" as const };
    expect(() => referenceLosses.diceCrossEntropyLoss({ ...input, options })).toThrow("do not add");
  });

  it("blob loss: of the blobs 1 and 11 one is found, 2 x 1/2 + (0 + 1)/2", () => {
    expect(blobLoss(dice)({ ...input, options: { smooth: 0 } }).values[0]).toBeCloseTo(1.5, 12);
  });

  it("deep supervision weighs three levels 2/3, 1/3, 0 and one level 1", () => {
    expect(deepSupervisionWeights(3)).toEqual([2 / 3, 1 / 3, 0]);
    expect(deepSupervisionWeights(1)).toEqual([1]);
  });

  it("deep supervision takes labels from the middle of each coarse voxel", () => {
    expect(downsample(Int32Array.of(0, 1, 2, 3, 4, 5), 1, [6], [3])).toEqual(Int32Array.of(1, 3, 5));
    const coarse = [
      { shape: [1, 2, 1], predictions: row("01") },
      { shape: [1, 1, 1], predictions: row("0") },
    ];
    // Finest: 1/2. Next: targets 0 and 1 are met. The coarsest counts nothing.
    expect(deepSupervision(dice)({ ...input, options: { smooth: 0 } }, coarse).values[0]).toBeCloseTo(1 / 3, 12);
  });
});
