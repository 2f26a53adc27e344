import { describe, expect, it } from "vitest";
import { phantomDataset } from "../src/phantom.ts";

describe("the phantom", () => {
  it("is the same for the same seed, image and mask", () => {
    expect(phantomDataset(7, { train: 2, validation: 1 })).toEqual(phantomDataset(7, { train: 2, validation: 1 }));
  });

  it("differs for another seed", () => {
    const first = phantomDataset(7, { train: 1, validation: 1 }).train[0];
    const second = phantomDataset(8, { train: 1, validation: 1 }).train[0];
    expect(first?.mask).not.toEqual(second?.mask);
  });

  it("is as imbalanced as its documentation says", () => {
    const { train, validation } = phantomDataset(1);
    const counts = [0, 0, 0, 0];
    for (const { mask } of [...train, ...validation]) {
      for (const label of mask) counts[label] = (counts[label] ?? 0) + 1;
    }
    const percent = counts.map((count) => (100 * count) / (40 * 96 * 96));
    expect(percent[0]).toBeCloseTo(89, 0);
    expect(percent[1]).toBeCloseTo(9.6, 0);
    expect(percent[2]).toBeCloseTo(1.1, 0);
    expect(percent[3]).toBeCloseTo(0.5, 0);
  });

  it("has images of mean 0 and deviation 1", () => {
    const image = phantomDataset(3, { train: 1, validation: 1 }).train[0]?.image ?? new Float32Array();
    const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
    const variance = image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / image.length;
    expect(mean).toBeCloseTo(0, 5);
    expect(variance).toBeCloseTo(1, 4);
  });
});
