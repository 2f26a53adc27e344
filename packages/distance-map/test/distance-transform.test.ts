import { describe, expect, it } from "vitest";
import { distanceTransform, labelDistanceTransform, signedDistanceTransform } from "../src/array.ts";
import { backends } from "./backends.ts";
import { bruteForce, bruteMask, padded, random, randomMask, randomShape, ulps } from "./brute-force.ts";

const SPACINGS = [
  [1, 1, 1],
  [2.5, 0.7, 0.7],
  [0.1, 0.3, 1],
  [1, 20, 1],
  [0.05, 1, 1],
  [3, 3, 3],
];

describe.each(backends)("the distance transform, backend %s", (backend) => {
  it("counts the steps to the nearest zero on a line", () => {
    expect([...distanceTransform([0, 0, 1, 1, 1, 0, 0], [7], { backend })]).toEqual([0, 0, 1, 2, 1, 0, 0]);
  });

  it.each([1, 2, 3])("is the brute force rounded to float32 on 1500 random masks of rank %i", (rank) => {
    const next = random(rank);
    for (let trial = 0; trial < 1500; trial++) {
      const shape = randomShape(next, rank, 9);
      const mask = randomMask(next, product(shape), 255);
      const spacing = (SPACINGS[trial % SPACINGS.length] as number[]).slice(0, rank);
      const unit = spacing.every((step) => step === 1);
      const actual = distanceTransform(mask, shape, { spacing, backend });
      const expected = bruteMask(mask, shape, spacing);
      expected.forEach((square, voxel) => {
        const distance = ulps(actual[voxel] as number, Math.fround(Math.sqrt(square)));
        if (distance > (unit ? 0 : 1)) {
          expect.fail(`${shape} ${spacing} [${mask}] at ${voxel}: ${actual[voxel]}, not ${Math.sqrt(square)}`);
        }
      });
    }
  });

  it("is the brute force on every binary image of 3 x 4", () => {
    for (let bits = 0; bits < 4096; bits++) {
      const mask = Uint8Array.from({ length: 12 }, (_, voxel) => (bits >> voxel) & 1);
      const actual = distanceTransform(mask, [3, 4], { squared: true, backend });
      expect(actual).toEqual(Float32Array.from(bruteMask(mask, [3, 4], [1, 1])));
    }
  });

  it.each([1, 2, 3])("sees background beyond the ends with border, rank %i", (rank) => {
    const next = random(40 + rank);
    for (let trial = 0; trial < 300; trial++) {
      const shape = randomShape(next, rank, 6);
      const mask = randomMask(next, product(shape));
      const wide = padded(mask, shape);
      const actual = distanceTransform(mask, shape, { squared: true, border: "background", backend });
      const whole = bruteMask(wide.values, wide.shape, [1, 1, 1]);
      expect([...actual], `${shape} [${mask}]`).toEqual(wide.inner.map((index) => whole[index]));
    }
  });

  it.each([1, 2, 3])("finds the nearest other label in one pass, rank %i", (rank) => {
    const next = random(80 + rank);
    for (let trial = 0; trial < 500; trial++) {
      const shape = randomShape(next, rank, 8);
      const labels = randomMask(next, product(shape), 3);
      const spacing = (SPACINGS[trial % SPACINGS.length] as number[]).slice(0, rank);
      const actual = labelDistanceTransform(labels, shape, { spacing, backend });
      const expected = bruteForce(shape, spacing, (from, to) => labels[from] !== labels[to]);
      expected.forEach((square, voxel) => {
        expect(ulps(actual[voxel] as number, Math.fround(Math.sqrt(square))), `${shape} [${labels}]`).toBeLessThan(2);
      });
    }
  });

  it("equals the binary transform of every label alone", () => {
    const next = random(7);
    const shape = [13, 17, 19];
    const labels = Int32Array.from({ length: product(shape) }, (_, voxel) =>
      next() < 0.9 ? Math.floor(voxel / 1000) * 70_000 : -5,
    );
    for (const border of ["open", "background"] as const) {
      const all = labelDistanceTransform(labels, shape, { border, backend });
      for (const label of new Set(labels)) {
        const mask = labels.map((value) => Number(value === label));
        const own = distanceTransform(mask, shape, { border: label === 0 ? "open" : border, backend });
        mask.forEach((inside, voxel) => {
          if (inside) expect(all[voxel]).toBe(own[voxel]);
        });
      }
    }
  });

  it("is negative inside: the distance outside less the distance inside", () => {
    const next = random(11);
    for (const border of ["open", "background"] as const) {
      for (let trial = 0; trial < 200; trial++) {
        const shape = randomShape(next, 1 + (trial % 3), 8);
        const mask = randomMask(next, product(shape), 9);
        const spacing = (SPACINGS[trial % SPACINGS.length] as number[]).slice(0, shape.length);
        const signed = signedDistanceTransform(mask, shape, { spacing, border, backend });
        const inside = distanceTransform(mask, shape, { spacing, border, backend });
        const outside = distanceTransform(
          mask.map((value) => Number(value === 0)),
          shape,
          { spacing, backend },
        );
        expect([...signed]).toEqual([...mask].map((value, i) => (value ? 0 - (inside[i] ?? 0) : (outside[i] ?? 0))));
      }
    }
  });

  it.each([
    [[254, 3]],
    [[255, 3]],
    [[256, 3]],
    [[257, 3]],
    [[3, 256]],
    [[3, 257, 2]],
    [[2, 3, 259]],
    [[400, 2, 2]],
    [[46_342, 1]],
    [[65_535, 2]],
    [[65_537, 2]],
    [[2, 70_001]],
    [[70_001]],
  ])("reaches from one corner to the other of %j", (shape) => {
    const mask = new Uint8Array(product(shape)).fill(1);
    mask[0] = 0;
    const squares = distanceTransform(mask, shape, { squared: true, backend });
    const roots = distanceTransform(mask, shape, { backend });
    const last = shape.reduce((sum, extent) => sum + (extent - 1) ** 2, 0);
    expect(squares.at(-1)).toBe(Math.fround(last));
    expect(roots.at(-1)).toBe(Math.fround(Math.sqrt(last)));
    expect(squares[1]).toBe(shape.at(-1) === 1 ? 1 : 1);
  });

  it.each([65_024, 65_025, 65_026, 65_534, 65_535, 65_536])("is exact where the squared distance is %i", (square) => {
    // a sum of two squares if it can be, as close below as it can be if not
    const width = 300;
    const mask = new Uint8Array(width * width).fill(1);
    mask[0] = 0;
    const squares = distanceTransform(mask, [width, width], { squared: true, backend });
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < width; x++) {
        if (Math.abs(x * x + y * y - square) < 40) expect(squares[y * width + x]).toBe(x * x + y * y);
      }
    }
  });

  it.each([[[64, 8192]], [[64, 30_000]], [[8192, 64]]])("keeps crossings in doubles: %j with few zeros", (shape) => {
    const next = random(5);
    const [height = 0, width = 0] = shape;
    const zeros = Array.from({ length: 12 }, () => [Math.floor(next() * height), Math.floor(next() * width)]);
    const mask = new Uint8Array(height * width).fill(1);
    for (const [y = 0, x = 0] of zeros) mask[y * width + x] = 0;
    const actual = distanceTransform(mask, shape, { backend });
    let wrong = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let best = Infinity;
        for (const [v = 0, u = 0] of zeros) best = Math.min(best, (y - v) ** 2 + (x - u) ** 2);
        if (actual[y * width + x] !== Math.fround(Math.sqrt(best))) wrong++;
      }
    }
    expect(wrong).toBe(0);
  });

  it("stays exact where half a volume is noise and half of it has one zero", () => {
    const shape = [12, 70, 90];
    const next = random(3);
    const mask = Uint8Array.from({ length: product(shape) }, (_, voxel) => {
      if (voxel < product(shape) / 2) return next() < 0.5 ? 1 : 0;
      return 1;
    });
    mask[mask.length - 1] = 0;
    const transposed = distanceTransform(transpose(mask, shape), [...shape].reverse(), { squared: true, backend });
    expect(distanceTransform(mask, shape, { squared: true, backend })).toEqual(
      transpose(transposed, [...shape].reverse()),
    );
  });

  it("is the rounded true distance with spacings from 1e-7 to 1e8", () => {
    const mask = new Uint8Array(5 * 6 * 7).fill(1);
    mask[100] = 0;
    for (const spacing of [
      [1e6, 1.2e6, 40],
      [1e-7, 1, 1e8],
      [1e8, 1e-7, 1],
    ]) {
      const actual = distanceTransform(mask, [5, 6, 7], { spacing, backend });
      const expected = bruteMask(mask, [5, 6, 7], spacing);
      expected.forEach((square, i) => {
        expect(ulps(actual[i] as number, Math.fround(Math.sqrt(square)))).toBeLessThan(2);
      });
    }
  });
});

function product(shape: readonly number[]): number {
  return shape.reduce((total, extent) => total * extent, 1);
}

/** The axes of a volume in reverse order. */
function transpose<T extends Uint8Array | Float32Array>(values: T, shape: readonly number[]): T {
  const [depth = 1, height = 1, width = 1] = shape;
  const result = values.slice() as T;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        result[(x * height + y) * depth + z] = values[(z * height + y) * width + x] as number;
      }
    }
  }
  return result;
}
