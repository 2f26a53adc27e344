import { describe, expect, it } from "vitest";
import { borderWeightMap, boundaryMap, hausdorffField, penaltyMap } from "../src/array.ts";

const MASK = [0, 0, 1, 1, 1, 0, 0];

describe("boundaryMap", () => {
  it("is 2 1 0 -1 0 1 2 on 0011100", () => {
    expect([...boundaryMap(MASK, [7])]).toEqual([2, 1, 0, -1, 0, 1, 2]);
  });

  it("is zero on the border voxels of every axis with spacing", () => {
    const square = Uint8Array.from({ length: 49 }, (_, i) => {
      const y = Math.floor(i / 7);
      const x = i % 7;
      return y > 1 && y < 5 && x > 1 && x < 5 ? 1 : 0;
    });
    const phi = boundaryMap(square, [7, 7], { spacing: [2.5, 0.7] });
    for (const i of [16, 17, 18, 23, 25, 30, 31, 32]) expect(phi[i]).toBe(0);
    // the middle: two steps of 0.7 to the background, less one; above it 2.5 is farther than that, yet it touches
    expect(phi[24]).toBe(Math.fround(-0.7));
  });

  it("is zero for an empty and a full mask", () => {
    expect([...boundaryMap([0, 0, 0], [3])]).toEqual([0, 0, 0]);
    expect([...boundaryMap([1, 1, 1], [3], { spacing: 2 })]).toEqual([0, 0, 0]);
    expect([...boundaryMap([1, 1], [1, 2], { spacing: [1, 2] })]).toEqual([0, 0]);
  });
});

describe("penaltyMap", () => {
  it("is 0 1 1 0 1 1 0 on 0011100", () => {
    expect([...penaltyMap(MASK, [7])]).toEqual([0, 1, 1, 0, 1, 1, 0]);
  });

  it("takes extremes within a voxel's own label", () => {
    // distances 3 2 1 | 1 | 1 2: the lone label has 0/0
    expect([...penaltyMap([4, 4, 4, 9, 2, 2], [6])]).toEqual([0, 0.5, 1, 1, 1, 0]);
  });

  it("does not depend on the unit of length", () => {
    expect([...penaltyMap(MASK, [7], { spacing: 8 })]).toEqual([0, 1, 1, 0, 1, 1, 0]);
  });

  it("is 1 where one label fills the array", () => {
    expect([...penaltyMap([3, 3], [2])]).toEqual([1, 1]);
  });
});

describe("hausdorffField", () => {
  it("is 2 1 1 2 1 1 2 on 0011100", () => {
    expect([...hausdorffField(MASK, [7])]).toEqual([2, 1, 1, 2, 1, 1, 2]);
  });

  it("takes the power after the spacing", () => {
    expect([...hausdorffField(MASK, [7], { alpha: 2, spacing: 3 })]).toEqual([36, 9, 9, 36, 9, 9, 36]);
  });

  it("is constant for a mask without a border", () => {
    expect([...hausdorffField([0, 0], [2], { alpha: 2 })]).toEqual([1, 1]);
    expect([...hausdorffField([1, 1], [2], { borderless: 0 })]).toEqual([0, 0]);
  });

  it("refuses a negative power", () => {
    expect(() => hausdorffField(MASK, [7], { alpha: -1 })).toThrow(/alpha must be a number from 0 to 8 \(got -1\)/);
  });
});

describe("borderWeightMap", () => {
  const weight = (gap: number): number => Math.fround(1 + 10 * Math.exp(-(gap * gap) / 50));

  it("weighs a gap by both distances, objects by 1", () => {
    // the gap of two: distances 1 + 2 and 2 + 1
    expect([...borderWeightMap([1, 0, 0, 2], [4])]).toEqual([1, weight(3), weight(3), 1]);
  });

  it("counts the two nearest of three objects", () => {
    const map = borderWeightMap([1, 0, 0, 0, 2, 0, 3], [7]);
    expect([...map]).toEqual([1, weight(4), weight(4), weight(4), 1, weight(2), 1]);
  });

  it("is 1 with fewer than two objects", () => {
    expect([...borderWeightMap([0, 0, 7], [3])]).toEqual([1, 1, 1]);
    expect([...borderWeightMap([0, 0], [2])]).toEqual([1, 1]);
  });

  it("equals all distances of all objects in an image with spacing", () => {
    const objects = new Int32Array(40 * 50);
    const spacing = [2, 0.5];
    const seeds = [
      [3, 4],
      [10, 30],
      [30, 8],
      [36, 45],
      [12, 33],
    ];
    seeds.forEach(([y = 0, x = 0], label) => {
      for (let dy = 0; dy < 2; dy++) for (let dx = 0; dx < 3; dx++) objects[(y + dy) * 50 + x + dx] = label + 1;
    });
    const map = borderWeightMap(objects, [40, 50], { spacing, w0: 7, sigma: 2 });
    for (let y = 0; y < 40; y++) {
      for (let x = 0; x < 50; x++) {
        if (objects[y * 50 + x]) continue;
        const nearest = seeds.map(([v = 0, u = 0]) => {
          const dy = Math.max(v - y, 0, y - v - 1) * 2;
          const dx = Math.max(u - x, 0, x - u - 2) * 0.5;
          return Math.hypot(dy, dx);
        });
        const [first = 0, second = 0] = nearest.sort((a, b) => a - b);
        expect(map[y * 50 + x]).toBeCloseTo(1 + 7 * Math.exp(-((first + second) ** 2) / 8), 5);
      }
    }
  });

  it("refuses a width of zero", () => {
    expect(() => borderWeightMap([0], [1], { sigma: 0 })).toThrow(/sigma must be above 0 \(got 0\)/);
  });
});
