import { describe, expect, it } from "vitest";
import {
  borderWeightMap,
  boundaryMap,
  connectedComponents,
  createDistancePlan,
  type DistanceOptions,
  distanceTransform,
  hausdorffField,
  labelDistanceTransform,
  nearestBackground,
  penaltyMap,
  signedDistanceTransform,
  type VoxelArray,
} from "../src/array.ts";
import { backends } from "./backends.ts";

describe.each(backends)("the options, backend %s", (backend) => {
  const line = [0, 1, 1, 1, 1, 1, 0];

  it("scales distances by an equal spacing, given once or per axis", () => {
    expect([...distanceTransform(line, [7], { spacing: 2, backend })]).toEqual([0, 2, 4, 6, 4, 2, 0]);
    expect([...distanceTransform(line, [1, 7], { spacing: [2, 2], backend })]).toEqual([0, 2, 4, 6, 4, 2, 0]);
  });

  it("squares", () => {
    expect([...distanceTransform(line, [7], { spacing: 2, squared: true, backend })]).toEqual([0, 4, 16, 36, 16, 4, 0]);
  });

  it("caps at maxDistance, exact below", () => {
    expect([...distanceTransform(line, [7], { maxDistance: 2.5, backend })]).toEqual([0, 1, 2, 2.5, 2, 1, 0]);
    expect([...distanceTransform(line, [7], { maxDistance: 2, squared: true, backend })]).toEqual([
      0, 1, 4, 4, 4, 1, 0,
    ]);
  });

  it("gives every mask without background what noBackground says", () => {
    const full = [1, 1, 1, 1, 1, 1];
    const value = (options: DistanceOptions): number[] => [
      ...new Set(distanceTransform(full, [2, 3], { backend, ...options })),
    ];
    expect(value({})).toEqual([Infinity]);
    expect(value({ noBackground: "zero" })).toEqual([0]);
    expect(value({ noBackground: "diagonal", spacing: [1.5, 4 / 3] })).toEqual([5]);
    expect(value({ noBackground: 7 })).toEqual([7]);
    expect(value({ noBackground: 7, squared: true })).toEqual([49]);
    expect(value({ noBackground: 7, maxDistance: 3 })).toEqual([3]);
    expect(value({ maxDistance: 3 })).toEqual([3]);
    expect(value({ noBackground: "zero", maxDistance: 3 })).toEqual([0]);
  });

  it("gives one label alone, an empty and a full mask what noBackground says", () => {
    expect([...labelDistanceTransform([4, 4], [2], { noBackground: 9, backend })]).toEqual([9, 9]);
    expect([...signedDistanceTransform([0, 0], [2], { noBackground: 9, backend })]).toEqual([9, 9]);
    expect([...signedDistanceTransform([3, 3], [2], { noBackground: 9, backend })]).toEqual([-9, -9]);
    expect([...signedDistanceTransform([3, 3], [2], { noBackground: "zero", zeroAt: "inside", backend })]).toEqual([
      0, 0,
    ]);
  });

  it("does not give noBackground where the border is background", () => {
    expect([...distanceTransform([1, 1, 1], [3], { border: "background", backend })]).toEqual([1, 2, 1]);
    expect([...distanceTransform([1], [1, 1, 1], { border: "background", backend })]).toEqual([1]);
    expect([...labelDistanceTransform([0, 0, 5], [3], { border: "background", backend })]).toEqual([2, 1, 1]);
  });

  it("puts the signed zero between the sides or on the inner border", () => {
    const mask = [0, 0, 1, 1, 1, 0, 0];
    const signed = (options: object): number[] => [...signedDistanceTransform(mask, [7], { backend, ...options })];
    expect(signed({})).toEqual([2, 1, -1, -2, -1, 1, 2]);
    expect(signed({ zeroAt: "inside" })).toEqual([2, 1, 0, -1, 0, 1, 2]);
    expect(signed({ zeroAt: "inside", spacing: 0.5 })).toEqual([1, 0.5, 0, -0.5, 0, 0.5, 1]);
    expect(signed({ squared: true })).toEqual([4, 1, -1, -4, -1, 1, 4]);
    expect(signed({ zeroAt: "inside", maxDistance: 1 })).toEqual([1, 1, 0, -1, 0, 1, 1]);
  });

  it("takes the own step of an inner voxel off with unequal spacing", () => {
    // a bar two rows high: along axis 0 the step is 3
    const bar = [0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0];
    const signed = signedDistanceTransform(bar, [4, 3], { spacing: [3, 1], zeroAt: "inside", backend });
    expect([...signed]).toEqual([3, 3, 3, 0, 0, 0, 0, 0, 0, 3, 3, 3]);
    // two columns from the zero with spacing 1, one row from it with spacing 2: it touches, so it is 0
    const corner = signedDistanceTransform([1, 1, 0, 0, 1, 1], [2, 3], { spacing: [2, 1], zeroAt: "inside", backend });
    expect(corner[0]).toBe(0);
    const outside = { spacing: [2, 1], zeroAt: "inside", border: "background", backend } as const;
    expect([...signedDistanceTransform([1, 1, 1], [1, 3], outside)]).toEqual([0, 0, 0]);
  });

  it("writes into out and returns it, whatever it held", () => {
    const out = new Float32Array(9).fill(NaN);
    expect(distanceTransform(line, [7], { out, backend })).toBe(out);
    expect([...out]).toEqual([0, 1, 2, 3, 2, 1, 0, NaN, NaN]);
    const part = new Float32Array(new ArrayBuffer(64), 20, 7);
    expect([...distanceTransform(line, [7], { out: part, backend })]).toEqual([0, 1, 2, 3, 2, 1, 0]);
  });

  it.each([
    new Uint8Array([0, 255, 2]),
    new Uint8ClampedArray([0, 255, 2]),
    new Int8Array([0, -1, -128]),
    new Uint16Array([0, 256, 65_535]),
    new Int16Array([0, 256, -1]),
    new Uint32Array([0, 2 ** 31, 2 ** 32 - 1]),
    new Int32Array([0, 65_536, -1]),
    new BigUint64Array([0n, 2n ** 32n, 2n ** 63n]),
    new BigInt64Array([0n, 2n ** 32n, -1n]),
    [false, true, true],
    [0, 5, -6],
  ])("takes %o as mask and as labels", (values: VoxelArray) => {
    const before = [...values];
    expect([...distanceTransform(values, [3], { backend })]).toEqual([0, 1, 2]);
    expect([...distanceTransform(values, [3, 1], { backend })]).toEqual([0, 1, 2]);
    const second = values[1] === values[2] ? 2 : 1;
    expect([...labelDistanceTransform(values, [3, 1, 1], { backend })]).toEqual([1, 1, second]);
    expect([...values]).toEqual(before);
  });

  it("defines a zero-sized axis as an empty result", () => {
    expect(distanceTransform([], [0], { backend })).toEqual(new Float32Array(0));
    expect(distanceTransform([], [3, 0, 2], { backend })).toEqual(new Float32Array(0));
    expect(labelDistanceTransform([], [0, 4], { backend })).toEqual(new Float32Array(0));
    expect(signedDistanceTransform([], [4, 0], { backend })).toEqual(new Float32Array(0));
    expect(nearestBackground([], [4, 0])).toEqual(new Int32Array(0));
  });
});

describe("bad input says who, expected and got", () => {
  const mask = new Uint8Array(6);

  it.each<[string, () => unknown, RegExp]>([
    [
      "length",
      () => distanceTransform(mask, [2, 4]),
      /distanceTransform: mask must have 8 elements like its shape \(got 6/,
    ],
    [
      "four axes",
      () => distanceTransform(new Uint8Array(16), [2, 2, 2, 2]),
      /shape must have 1 to 3 axes \(got \[2,2,2,2\]\)/,
    ],
    ["no axis", () => distanceTransform([], []), /shape must have 1 to 3 axes/],
    ["a broken extent", () => distanceTransform(mask, [2.5, 2]), /whole number >= 0/],
    ["a negative extent", () => distanceTransform(mask, [-2, -3]), /whole number >= 0/],
    ["an extent of 2^31", () => distanceTransform(mask, [2 ** 31, 0]), /below 2\^31 \(got \[2147483648,0\]\)/],
    ["too many voxels", () => distanceTransform(mask, [2 ** 20, 2 ** 20]), /at most 2\^32 - 1 voxels/],
    ["spacing zero", () => distanceTransform(mask, [6], { spacing: 0 }), /spacing must be a positive number/],
    ["spacing below zero", () => distanceTransform(mask, [2, 3], { spacing: [1, -1] }), /spacing .* \(got \[1,-1\]\)/],
    ["spacing NaN", () => distanceTransform(mask, [2, 3], { spacing: [1, NaN] }), /spacing/],
    ["spacing infinite", () => distanceTransform(mask, [6], { spacing: Infinity }), /spacing/],
    ["spacing of another rank", () => distanceTransform(mask, [2, 3], { spacing: [1, 1, 1] }), /or 2 of them/],
    [
      "out too small",
      () => distanceTransform(mask, [6], { out: new Float32Array(5) }),
      /room for 6 elements \(got 5\)/,
    ],
    ["out of another type", () => distanceTransform(mask, [6], { out: new Float64Array(6) as never }), /Float32Array/],
    ["floats", () => distanceTransform(new Float32Array(6) as never, [6]), /integers or booleans \(got Float32Array\)/],
    ["a broken element", () => distanceTransform([0.5], [1]), /integers or booleans \(got 0.5\)/],
    ["NaN labels", () => labelDistanceTransform([Number.NaN], [1]), /got NaN/],
    ["nothing", () => distanceTransform(undefined as never, [1]), /got Undefined/],
    ["an unknown option", () => distanceTransform(mask, [6], { sampling: 2 } as never), /unknown option "sampling"/],
    ["a foreign option", () => distanceTransform(mask, [6], { zeroAt: "inside" } as never), /zeroAt/],
    ["border", () => distanceTransform(mask, [6], { border: "black" as never }), /border must be one of/],
    ["backend", () => distanceTransform(mask, [6], { backend: "gpu" as never }), /backend must be one of/],
    ["squared", () => distanceTransform(mask, [6], { squared: 1 as never }), /squared must be true or false/],
    ["maxDistance", () => distanceTransform(mask, [6], { maxDistance: 0 }), /maxDistance must be a positive number/],
    ["noBackground", () => distanceTransform(mask, [6], { noBackground: "none" as never }), /noBackground must be/],
    ["noBackground below zero", () => distanceTransform(mask, [6], { noBackground: -1 }), /noBackground must be/],
    [
      "a squared inner zero",
      () => signedDistanceTransform(mask, [6], { zeroAt: "inside", squared: true }),
      /squared must be false/,
    ],
    ["zeroAt", () => signedDistanceTransform(mask, [6], { zeroAt: "outside" as never }), /zeroAt must be one of/],
    ["connectivity", () => connectedComponents(mask, [6], { connectivity: 4 as never }), /connectivity must be one of/],
    [
      "options that are none",
      () => signedDistanceTransform(mask, [6], null as never),
      /options must be an object .* null/,
    ],
    ["a plan's options", () => createDistancePlan([6], [] as never), /^createDistancePlan: options must be an object/],
    ["a map's spacing", () => boundaryMap(mask, [6], { spacing: 0 }), /^boundaryMap: spacing must be/],
    [
      "a field's output",
      () => hausdorffField(mask, [6], { out: [] as never }),
      /^hausdorffField: out must be .*\(got \[\]/,
    ],
    [
      "a penalty's backend",
      () => penaltyMap(mask, [6], { backend: "gpu" as never }),
      /^penaltyMap: backend must be one of/,
    ],
    [
      "a weight's backend",
      () => borderWeightMap(mask, [6], { backend: "gpu" as never }),
      /^borderWeightMap: backend must/,
    ],
    [
      "a field's power",
      () => hausdorffField(mask, [6], { alpha: 9 }),
      /^hausdorffField: alpha must be a number from 0 to 8/,
    ],
    [
      "a field's list",
      () => hausdorffField(mask, [6], { borderless: [1] as never }),
      /borderless must be .*\(got \[1\]\)/,
    ],
    [
      "a weight that is none",
      () => borderWeightMap(mask, [6], { w0: Symbol.iterator as never }),
      /w0 must be a number >= 0/,
    ],
    [
      "a spacing that float32 does not hold",
      () => penaltyMap(mask, [6], { spacing: 1e308 }),
      /^penaltyMap: spacing must/,
    ],
    ["nearest out", () => nearestBackground(mask, [6], { out: new Int32Array(2) }), /room for 6/],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });

  it("a detached buffer, as input and as output", () => {
    const gone = new Uint8Array(4);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    expect(() => distanceTransform(gone, [4])).toThrow(/got 0; is its buffer detached\?/);
    const out = new Float32Array(4);
    structuredClone(out.buffer, { transfer: [out.buffer] });
    expect(() => distanceTransform(new Uint8Array(4), [4], { out })).toThrow(/room for 4 elements \(got 0/);
  });

  it("an output over the input, which must never change", () => {
    const buffer = new ArrayBuffer(32);
    const input = new Uint8Array(buffer, 8, 4);
    expect(() => distanceTransform(input, [4], { out: new Float32Array(buffer, 0, 4) })).toThrow(/share memory/);
    expect([...distanceTransform(input, [4], { out: new Float32Array(buffer, 12, 4) })]).toEqual([0, 0, 0, 0]);
  });

  it("never an access outside: 2000 random lengths, shapes and outputs", () => {
    let state = 1;
    const next = (most: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % most;
    };
    let errors = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const shape = Array.from({ length: next(5) }, () => next(6));
      const length = next(2) ? shape.reduce((product, extent) => product * extent, 1) : next(40);
      const guard = new Float32Array(80).fill(-1);
      const room = next(60);
      const out = guard.subarray(10, 10 + room);
      try {
        createDistancePlan(shape).run(new Uint8Array(length).fill(next(2)), out);
      } catch (error) {
        errors++;
        expect(String(error)).toMatch(/createDistancePlan: /);
        expect(guard.every((value) => value === -1)).toBe(true);
      }
      expect(guard.slice(0, 10).every((value) => value === -1)).toBe(true);
      expect(guard.slice(10 + room).every((value) => value === -1)).toBe(true);
    }
    expect(errors).toBeGreaterThan(500);
    expect(errors).toBeLessThan(1900);
  });
});
