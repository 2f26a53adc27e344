import { describe, expect, it } from "vitest";
import { distanceTransform, nearestBackground } from "../src/array.ts";
import { coordinates, random, randomMask, randomShape, ulps } from "./brute-force.ts";

describe("nearestBackground", () => {
  it("gives the lower of two equally near indices", () => {
    expect([...nearestBackground([0, 1, 1, 1, 0], [5])]).toEqual([0, 0, 0, 4, 4]);
    // the centre of a 3 x 3 frame of zeros: of its four neighbours the upper
    expect(nearestBackground([0, 0, 0, 0, 1, 0, 0, 0, 0], [3, 3])[4]).toBe(1);
  });

  it("gives -1 everywhere without background", () => {
    expect([...nearestBackground([1, 1, 1, 1], [2, 2])]).toEqual([-1, -1, -1, -1]);
  });

  it.each([1, 2, 3])("is the lowest index among the nearest on 600 random masks of rank %i", (rank) => {
    const next = random(20 + rank);
    for (let trial = 0; trial < 600; trial++) {
      const shape = randomShape(next, rank, 9);
      const voxels = shape.reduce((product, extent) => product * extent, 1);
      const mask = randomMask(next, voxels);
      const actual = nearestBackground(mask, shape);
      const places = Array.from(mask, (_, voxel) => coordinates(voxel, shape));
      for (let from = 0; from < voxels; from++) {
        let best = Infinity;
        let found = -1;
        for (let to = 0; to < voxels; to++) {
          if (mask[to]) continue;
          const square = shape.reduce((sum, _, a) => sum + ((places[from]?.[a] ?? 0) - (places[to]?.[a] ?? 0)) ** 2, 0);
          if (square < best) {
            best = square;
            found = to;
          }
        }
        if (actual[from] !== found) expect.fail(`${shape} [${mask}] at ${from}: ${actual[from]}, not ${found}`);
      }
    }
  });

  it("is as far away as the distance transform says, with spacing", () => {
    const next = random(29);
    for (let trial = 0; trial < 200; trial++) {
      const shape = randomShape(next, 3, 9);
      const voxels = shape.reduce((product, extent) => product * extent, 1);
      const mask = randomMask(next, voxels);
      mask[Math.floor(next() * voxels)] = 0;
      const spacing = [2.5, 0.7, 0.3];
      const nearest = nearestBackground(mask, shape, { spacing });
      const distances = distanceTransform(mask, shape, { spacing });
      for (let voxel = 0; voxel < voxels; voxel++) {
        const target = coordinates(nearest[voxel] as number, shape);
        const away = coordinates(voxel, shape).map((at, axis) => (at - (target[axis] ?? 0)) * (spacing[axis] ?? 1));
        expect(ulps(Math.fround(Math.hypot(...away)), distances[voxel] as number)).toBeLessThan(2);
      }
    }
  });

  it("writes into out", () => {
    const out = new Int32Array(3);
    expect(nearestBackground([1, 0, 1], [3], { out })).toBe(out);
    expect([...out]).toEqual([1, 1, 1]);
  });
});
