import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { compile, EMBEDDED, embed } from "../scripts/build-wasm.ts";
import { createDistancePlan, type DistancePlanOptions } from "../src/array.ts";
import { random, randomShape, ulps } from "./brute-force.ts";

describe("the WebAssembly module", () => {
  it("is embedded as a fresh build makes it", async () => {
    const bytes = await compile();
    expect(embed(bytes)).toBe(readFileSync(EMBEDDED, "utf8"));
    expect(bytes.length).toBeGreaterThan(1000);
    expect(bytes.length).toBeLessThan(22_528);
  });
});

describe("the TypeScript twin and the WebAssembly module", () => {
  const OPTIONS: DistancePlanOptions[] = [
    {},
    { border: "background" },
    { squared: true },
    { maxDistance: 4.5 },
    { maxDistance: 30, border: "background" },
    { spacing: 0.7 },
    { spacing: 4 },
    { spacing: 0.3, squared: true, maxDistance: 2 },
  ];
  const UNEQUAL: DistancePlanOptions[] = [
    { spacing: [2.5, 0.7, 0.7] },
    { spacing: [0.1, 0.3, 1.7], border: "background" },
    { spacing: [1, 20, 1], maxDistance: 15 },
    { spacing: [1, 1, 7], squared: true },
    { spacing: [2.723, 1.268, 1.563] },
    { spacing: [2.723, 1.268, 1.563], squared: true },
  ];

  /** Noise, blobs, lone zeros and mixtures of them, of every density. */
  function mask(next: () => number, shape: readonly number[]): Uint8Array {
    const voxels = shape.reduce((product, extent) => product * extent, 1);
    const density = [0.0005, 0.01, 0.3, 0.7, 0.99, 0.9995][Math.floor(next() * 6)] ?? 0.5;
    const values = Uint8Array.from({ length: voxels }, () => (next() < density ? 1 + Math.floor(next() * 3) : 0));
    // a stretch of one value, so that searches succeed in some planes and fail in others
    const from = Math.floor(next() * voxels);
    values.fill(Math.floor(next() * 2), from, from + Math.floor(next() * voxels));
    return values;
  }

  function compare(shape: number[], options: DistancePlanOptions, values: Uint8Array, tolerance: number): void {
    const plain = createDistancePlan(shape, { ...options, backend: "typescript" });
    const fast = createDistancePlan(shape, { ...options, backend: "wasm" });
    expect(fast.backend).toBe("wasm");
    for (const run of ["run", "labels", "signed"] as const) {
      const expected = plain[run](values);
      const actual = fast[run](values);
      let worst = 0;
      for (let i = 0; i < expected.length; i++) {
        if (actual[i] !== expected[i]) worst = Math.max(worst, ulps(actual[i] as number, expected[i] as number));
      }
      if (worst > tolerance) expect.fail(`${run} ${shape} ${JSON.stringify(options)}: ${worst} ulp`);
    }
  }

  it("give the same bits with equal spacing on 400 random arrays", () => {
    const next = random(71);
    for (let trial = 0; trial < 400; trial++) {
      const rank = 1 + (trial % 3);
      const shape = randomShape(next, rank, [3000, 90, 30][rank - 1] ?? 9);
      compare(shape, OPTIONS[trial % OPTIONS.length] ?? {}, mask(next, shape), 0);
    }
  });

  it("agree to one unit in the last place with unequal spacing on 400 random arrays, squares of volumes to two", () => {
    const next = random(72);
    for (let trial = 0; trial < 400; trial++) {
      const rank = 2 + (trial % 2);
      const shape = randomShape(next, rank, [90, 30][rank - 2] ?? 9);
      const { spacing, ...options } = UNEQUAL[trial % UNEQUAL.length] ?? {};
      // three terms are rounded, and their sums: where no root halves what that costs, it is up to two units
      const tolerance = rank === 3 && options.squared ? 2 : 1;
      compare(shape, { ...options, spacing: (spacing as number[]).slice(0, rank) }, mask(next, shape), tolerance);
    }
  });

  it.each([
    [[300, 700]],
    [[15, 17, 257]],
    [[254, 31, 33]],
    [[3, 256, 255]],
    [[40, 64, 64]],
    [[600, 2, 300]],
    [[2, 70_000]],
    [[66_000, 3]],
    [[5000, 1, 40]],
  ])("give the same bits in chunks and across searches that fail: %j", (shape) => {
    const next = random(73);
    for (let trial = 0; trial < 4; trial++) {
      const values = mask(next, shape);
      const plain = createDistancePlan(shape, { backend: "typescript" });
      const fast = createDistancePlan(shape, {});
      for (const run of ["run", "labels", "signed"] as const) {
        const expected = plain[run](values);
        const actual = fast[run](values);
        expect(actual.every((distance, i) => distance === expected[i])).toBe(true);
      }
    }
  });

  it.each([
    ["equal", {}, 0],
    ["unequal", { spacing: [2.5, 0.7, 0.7] }, 1],
    ["unequal, with a border", { spacing: [0.3, 0.1, 1.7], border: "background" }, 1],
  ] as const)(
    "agree where everything is far, at every width around whole blocks, spacing %s",
    (_, options, tolerance) => {
      const next = random(74);
      for (let width = 120; width < 200; width++) {
        for (const shape of [
          [4, width],
          [3, width, 50],
          [3, 20, width],
        ]) {
          const voxels = shape.reduce((product, extent) => product * extent, 1);
          const values = new Uint8Array(voxels).fill(1);
          for (let zeros = Math.floor(next() * 4); zeros >= 0; zeros--) {
            const from = Math.floor(next() * voxels);
            values.fill(2 * Math.floor(next() * 2), from, from + 1 + Math.floor(next() ** 4 * 300));
          }
          const { spacing } = options as DistancePlanOptions;
          const some = spacing === undefined ? {} : { spacing: (spacing as number[]).slice(0, shape.length) };
          compare(shape, { ...options, ...some }, values, tolerance);
        }
      }
    },
  );

  it.each([
    ["equal", {}, 0],
    ["equal, with a border", { border: "background" }, 0],
    ["equal, with a cap", { maxDistance: 14.2 }, 0],
    ["unequal", { spacing: [2.5, 0.7, 0.7] }, 1],
    ["unequal, with a border", { spacing: [0.3, 0.1, 1.7], border: "background" }, 1],
  ] as const)(
    "agree where few voxels matter to their lines, near and far ones, spacing %s",
    (_, options, tolerance) => {
      const next = random(76);
      for (const shape of [
        [33, 70, 90],
        [20, 40, 130],
        [7, 130, 40],
        [200, 210],
        [90, 333],
      ]) {
        const voxels = shape.reduce((product, extent) => product * extent, 1);
        for (const density of [0.0003, 0.001, 0.004]) {
          const values = new Uint8Array(voxels).fill(1);
          for (let zeros = Math.ceil(density * voxels); zeros > 0; zeros--) values[Math.floor(next() * voxels)] = 0;
          // one half is near to background everywhere, so that neighbouring blocks reach unequally far
          for (let i = 0; i < voxels / 2; i += 1 + Math.floor(next() * 9)) values[i] = 0;
          const { spacing } = options as DistancePlanOptions;
          const some = spacing === undefined ? {} : { spacing: (spacing as number[]).slice(0, shape.length) };
          compare(shape, { ...options, ...some }, values, tolerance);
        }
      }
    },
  );

  it.each([[[3, 5000]], [[2, 4100, 20]], [[2, 20, 4100]]])(
    "agree on lines of thousands of unequal steps: %j",
    (shape) => {
      const next = random(75);
      for (let trial = 0; trial < 6; trial++) {
        compare(shape, { spacing: [2.5, 0.7, 0.3].slice(0, shape.length) }, mask(next, shape), 1);
      }
    },
  );

  it("take more labels than sixteen bits name", () => {
    const labels = Int32Array.from({ length: 300 * 300 }, (_, i) => i - 7);
    const plan = createDistancePlan([300, 300], { backend: "wasm" });
    expect(plan.labels(labels).every((distance) => distance === 1)).toBe(true);
    const few = labels.map((_, i) => (i % 300 < 150 ? 2 ** 30 : -(2 ** 30)));
    expect(plan.labels(few)[0]).toBe(150);
  });
});

describe("without WebAssembly SIMD", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it.each([
    ["no WebAssembly", undefined],
    [
      "a compiler that refuses",
      {
        Module: class {
          constructor() {
            throw new Error("CompileError: SIMD unsupported");
          }
        },
      },
    ],
  ])("%s: the twin runs, and says so", async (_, global) => {
    vi.resetModules();
    vi.stubGlobal("WebAssembly", global);
    const { createDistancePlan: create } = await import("../src/array.ts");
    const plan = create([4]);
    expect(plan.backend).toBe("typescript");
    expect([...plan.run([1, 1, 1, 0])]).toEqual([3, 2, 1, 0]);
    expect(() => create([4], { backend: "wasm" })).toThrow(/createDistancePlan: WebAssembly with SIMD/);
  });
});
