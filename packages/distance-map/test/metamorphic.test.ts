import { describe, expect, it } from "vitest";
import { distanceTransform, signedDistanceTransform } from "../src/array.ts";
import { backends } from "./backends.ts";
import { coordinates, random, randomMask } from "./brute-force.ts";

const SHAPE = [9, 21, 34] as const;
const VOXELS = 9 * 21 * 34;

describe.each(backends)("what must hold for every mask, backend %s", (backend) => {
  const next = random(61);
  const masks = Array.from({ length: 12 }, () => {
    const mask = randomMask(next, VOXELS);
    mask[Math.floor(next() * VOXELS)] = 0;
    return mask;
  });

  it("adding background never increases a distance", () => {
    for (const mask of masks) {
      const before = distanceTransform(mask, SHAPE, { backend });
      const more = mask.slice();
      for (let i = 0; i < 20; i++) more[Math.floor(next() * VOXELS)] = 0;
      const after = distanceTransform(more, SHAPE, { backend });
      expect(after.every((distance, voxel) => distance <= (before[voxel] ?? 0))).toBe(true);
    }
  });

  it("permuting axes and spacings permutes the result", () => {
    for (const mask of masks) {
      const [d, h, w] = SHAPE;
      const turned = new Uint8Array(VOXELS);
      const index = (voxel: number): number => {
        const [z = 0, y = 0, x = 0] = coordinates(voxel, SHAPE);
        return (x * d + z) * h + y;
      };
      mask.forEach((value, voxel) => {
        turned[index(voxel)] = value;
      });
      const straight = distanceTransform(mask, SHAPE, { spacing: [2, 0.5, 1], squared: true, backend });
      const permuted = distanceTransform(turned, [w, d, h], { spacing: [1, 2, 0.5], squared: true, backend });
      expect(straight.every((distance, voxel) => distance === permuted[index(voxel)])).toBe(true);
    }
  });

  it("reversing the array reverses the result", () => {
    for (const mask of masks) {
      const straight = distanceTransform(mask, SHAPE, { backend });
      expect(distanceTransform(mask.slice().reverse(), SHAPE, { backend })).toEqual(straight.reverse());
    }
  });

  it("neighbours along every axis differ by at most the step between them", () => {
    const [d, h, w] = SHAPE;
    for (const mask of masks) {
      const distances = distanceTransform(mask, SHAPE, { spacing: [3, 1, 0.5], backend });
      let pairs = 0;
      const compare = (voxel: number, other: number, step: number): void => {
        const apart = Math.abs((distances[voxel] as number) - (distances[other] as number));
        if (apart > step * (1 + 1e-6)) expect.fail(`${voxel} and ${other} differ by ${apart}, a step is ${step}`);
        pairs++;
      };
      for (let voxel = 0; voxel < VOXELS; voxel++) {
        const [z = 0, y = 0, x = 0] = coordinates(voxel, SHAPE);
        if (z + 1 < d) compare(voxel, voxel + h * w, 3);
        if (y + 1 < h) compare(voxel, voxel + w, 1);
        if (x + 1 < w) compare(voxel, voxel + 1, 0.5);
      }
      expect(pairs).toBe((d - 1) * h * w + d * (h - 1) * w + d * h * (w - 1));
    }
  });

  it("doubling the spacing doubles the distances", () => {
    for (const mask of masks) {
      const once = distanceTransform(mask, SHAPE, { spacing: [0.7, 0.3, 0.1], backend });
      const twice = distanceTransform(mask, SHAPE, { spacing: [1.4, 0.6, 0.2], backend });
      expect(twice).toEqual(once.map((distance) => 2 * distance));
    }
  });

  it("turning the mask inside out turns the sign", () => {
    for (const mask of masks) {
      const signed = signedDistanceTransform(mask, SHAPE, { backend });
      const turned = signedDistanceTransform(
        mask.map((value) => Number(value === 0)),
        SHAPE,
        { backend },
      );
      expect(turned).toEqual(signed.map((distance) => 0 - distance));
    }
  });
});
