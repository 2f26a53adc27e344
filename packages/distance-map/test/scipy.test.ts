import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { distanceTransform } from "../src/array.ts";
import { backends } from "./backends.ts";
import { ulps } from "./brute-force.ts";

interface Record {
  name?: string;
  shape: number[];
  mask: string;
  squares?: number[];
  sampling?: number[];
  distances?: number[];
  undefined?: boolean;
}

function facts(name: string): Record[] {
  const file = new URL(`./facts/${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { records: Record[] }).records;
}

const plain = [...facts("scipy-1d"), ...facts("scipy-2d"), ...facts("scipy-3d")];
const sampled = facts("scipy-sampling");

describe.each(backends)("scipy's numbers, backend %s", (backend) => {
  it("are all there: 58 masks and 7 with sampling", () => {
    expect(plain).toHaveLength(58);
    expect(sampled).toHaveLength(7);
  });

  it.each(plain)("$name", ({ shape, mask, squares }) => {
    const actual = distanceTransform([...mask].map(Number), shape, { backend });
    // scipy leaves a mask without background undefined; here every voxel is infinitely far
    const expected = squares?.map((square) => Math.fround(Math.sqrt(square))) ?? shape.map(() => Infinity);
    if (squares) expect([...actual]).toEqual(expected);
    else expect(actual.every((distance) => distance === Infinity)).toBe(true);
  });

  it.each(sampled)("$shape, sampling $sampling", ({ shape, mask, sampling = [], distances = [] }) => {
    const actual = distanceTransform([...mask].map(Number), shape, { spacing: sampling, backend });
    expect(distances.length).toBe(actual.length);
    distances.forEach((distance, voxel) => {
      expect(ulps(actual[voxel] as number, Math.fround(distance))).toBeLessThan(2);
    });
  });
});
