import { describe, expect, it } from "vitest";
import { hausdorff95 } from "../src/hausdorff.ts";
import { countOverlap, dice, foregroundMean, iou } from "../src/metrics.ts";

describe("Dice and IoU", () => {
  const truth = [0, 1, 1, 1, 2, 0];
  const guess = [0, 1, 1, 0, 0, 0];

  it("are 4/5 and 2/3 when two of three pixels are found", () => {
    const counts = countOverlap(truth, guess, 4);
    expect(counts.map(dice)[1]).toBeCloseTo(4 / 5, 12);
    expect(counts.map(iou)[1]).toBeCloseTo(2 / 3, 12);
  });

  it("are 0 for a class that is missed and NaN for one that does not occur", () => {
    expect(countOverlap(truth, guess, 4).map(dice).slice(2)).toEqual([0, Number.NaN]);
  });

  it("add up over images", () => {
    const twice = countOverlap(truth, guess, 4, countOverlap(truth, guess, 4));
    expect(twice[1]).toEqual({ both: 4, predicted: 4, labelled: 6 });
  });

  it("average over the foreground classes that occur", () => {
    expect(foregroundMean([0.9, 0.5, Number.NaN, 0.7])).toBeCloseTo(0.6, 12);
  });

  it("refuse label maps of unequal size", () => {
    expect(() => countOverlap([0, 1], [0], 2)).toThrow("prediction must have 2 pixels like the truth, got 1");
  });
});

describe("the 95th percentile Hausdorff distance", () => {
  const grid = { height: 12, width: 12, spacing: [1, 1] as [number, number] };
  const square = (top: number, left: number) =>
    Array.from({ length: 144 }, (_, i) => {
      const row = Math.floor(i / 12) - top;
      const column = (i % 12) - left;
      return row >= 0 && row < 4 && column >= 0 && column < 4 ? 1 : 0;
    });

  it("is 0 for equal masks", () => {
    expect(hausdorff95(square(3, 3), square(3, 3), 1, grid)).toBe(0);
  });

  it("is 3 for squares three pixels apart", () => {
    expect(hausdorff95(square(3, 2), square(3, 5), 1, grid)).toBe(3);
  });

  it("counts in units of the spacing", () => {
    const stretched = { ...grid, spacing: [1, 0.5] as [number, number] };
    expect(hausdorff95(square(3, 2), square(3, 5), 1, stretched)).toBe(1.5);
  });

  it("leaves out a far pixel among forty, which the maximum would not", () => {
    const truth = Array.from({ length: 144 }, (_, i) => (i < 36 ? 1 : 0));
    const withSpeck = truth.with(143, 1);
    expect(hausdorff95(truth, withSpeck, 1, grid)).toBe(0);
  });

  it("is the diagonal when the class was missed, and NaN when it is nowhere", () => {
    expect(hausdorff95(square(3, 3), new Array(144).fill(0), 1, grid)).toBeCloseTo(Math.hypot(12, 12), 12);
    expect(hausdorff95(square(3, 3), square(3, 3), 2, grid)).toBeNaN();
  });
});
