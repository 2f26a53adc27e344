import { onEachBackend, readNumbers, useBackend } from "@lossary/test-kit";
import { backend, dispose, type KernelBackend, memory, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { expect, it, vi } from "vitest";
import {
  distanceMap,
  distanceMapAsync,
  hausdorffField,
  hausdorffFieldAsync,
  signedDistanceMap,
  signedDistanceMapAsync,
} from "../../src/index.ts";

type MapOf = (labels: Tensor, options: object) => Tensor;

/** Numbers from 0 to 1 that are the same on every run. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Class indices in blocks, so that there are distances to measure; the last sample lacks the last class, 255 is of no class. */
function blocks(shape: readonly number[], classes: number): Int32Array {
  const random = numbersFrom(shape.join("").length * 131 + classes);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const sample = size / (shape[0] as number);
  let label = 0;
  return Int32Array.from({ length: size }, (_, i) => {
    if (random() < 0.15) label = Math.floor(random() * (classes + 1));
    const isLast = i >= size - sample;
    return label === classes ? 255 : isLast && label === classes - 1 ? 0 : label;
  });
}

interface Call {
  readonly map: MapOf;
  readonly labels: {
    readonly values: ArrayLike<number>;
    readonly shape: number[];
    readonly dtype: "float32" | "int32";
  };
  readonly options: object;
  readonly weights?: number[];
}

async function run({ map, labels, options, weights }: Call): Promise<number[]> {
  const given = tensor(Array.from(labels.values), labels.shape, labels.dtype);
  const ofVoxels = weights && tensor(weights, labels.shape.slice(0, -1));
  const made = map(given, ofVoxels ? { ...options, weights: ofVoxels } : options);
  const values = await readNumbers(made);
  dispose(ofVoxels ? [given, made, ofVoxels] : [given, made]);
  return values;
}

const maps: Readonly<Record<string, MapOf>> = { distanceMap, signedDistanceMap, hausdorffField };

/** What each map is asked for: the corners of its options, and as little of everything else as possible. */
const asked: readonly (readonly [
  name: string,
  spatial: number[],
  classes: number,
  options: object,
  weighted: boolean,
])[] = [
  ["distanceMap", [37], 1, {}, false],
  ["distanceMap", [7, 11], 3, { spacing: 0.5, noBackground: 9, maxDistance: 1.2 }, true],
  ["distanceMap", [5, 6, 7], 2, { spacing: [3, 0.7, 1.1], squared: true, border: "background" }, false],
  ["distanceMap", [9, 1], 2, { border: "background" }, false],
  ["signedDistanceMap", [37], 2, {}, true],
  ["signedDistanceMap", [13, 17], 3, { spacing: 2 }, false],
  ["signedDistanceMap", [13, 17], 1, { spacing: [2, 1] }, true],
  ["signedDistanceMap", [5, 6, 7], 3, { spacing: [2.5, 0.8, 0.8], noBackground: 1 }, false],
  ["signedDistanceMap", [6, 5, 9], 2, { spacing: [1, 1, 3], border: "background", maxDistance: 2 }, false],
  ["signedDistanceMap", [12, 12], 2, { zeroAt: "between", squared: true, noBackground: "diagonal" }, false],
  ["signedDistanceMap", [1, 1], 2, {}, false],
  ["hausdorffField", [21, 10], 2, { alpha: 2, spacing: [1, 0.25] }, false],
  ["hausdorffField", [4, 9, 5], 3, { alpha: 1, borderless: 7 }, true],
  ["hausdorffField", [15], 1, { alpha: 3 }, false],
  ["hausdorffField", [15], 1, { alpha: 1.5 }, false],
];

function callOf(
  [name, spatial, classes, options, weighted]: (typeof asked)[number],
  kind: "indices" | "one-hot",
): Call {
  const shape = [2, ...spatial];
  const indices = blocks(shape, Math.max(2, classes));
  const random = numbersFrom(77);
  const weights = weighted ? Array.from(indices, () => (random() < 0.2 ? 0 : 1)) : undefined;
  const hot = Array.from(indices).flatMap((label) =>
    Array.from({ length: classes }, (_, c) => (label === (classes === 1 ? 1 : c) ? 0.75 : 0.25)),
  );
  return {
    map: maps[name] as MapOf,
    labels:
      kind === "indices"
        ? { values: indices, shape: [...shape, 1], dtype: "int32" }
        : { values: hot, shape: [...shape, classes], dtype: "float32" },
    options: kind === "indices" ? { ...options, classes } : options,
    ...(weights && { weights }),
  };
}

onEachBackend(
  "maps of distances made on a graphics processor",
  (name) => {
    it.each(asked)("%s of [2, %s, %s]: %o, ignored voxels %s", async (...what) => {
      for (const kind of ["indices", "one-hot"] as const) {
        const call = callOf(what, kind);
        await useBackend("cpu");
        const expected = await run(call);
        await useBackend(name);
        const received = await run(call);
        // a root is off by a digit or two
        expect(received, kind).toBeClose(expected, { relative: 4e-7, absolute: 0 });
        expect(new Set(expected).size).toBeGreaterThan(what[1].includes(1) ? 0 : 2);
      }
    });

    it("whole distances are exact: 0 to 300 along a line, and 3, 4, 5", async () => {
      const line = tensor(
        Float32Array.from({ length: 301 }, (_, i) => Number(i > 0)),
        [1, 301, 1],
      );
      const map = distanceMap(line);
      expect(await readNumbers(map)).toEqual(Array.from({ length: 301 }, (_, i) => i));
      const corner = tensor(
        Float32Array.from({ length: 20 }, (_, i) => Number(i > 0)),
        [1, 4, 5, 1],
      );
      const triangle = distanceMap(corner);
      expect((await readNumbers(triangle)).at(-1)).toBe(5);
      dispose([line, map, corner, triangle]);
    });

    it.each([
      [[2, 1], 2 * 9 + 4, 4 * 9],
      [[1, 2], 4 * 9 + 2, 4],
    ])("take off a step of 2 where two steps of 2 and four of 1 lead out: spacing %s", async (spacing, near, far) => {
      const values = Float32Array.from({ length: 81 }, (_, i) => Number(i !== near && i !== far));
      const mask = tensor(values, [1, 9, 9, 1]);
      const map = signedDistanceMap(mask, { spacing });
      // both are 4 away; over the fewest steps, two
      expect((await readNumbers(map))[4 * 9 + 4]).toBe(-2);
      dispose([mask, map]);
    });

    it("infinity where there is no background, if it is asked for", async () => {
      const full = tensor([1, 1, 1], [1, 3, 1]);
      const map = distanceMap(full, { noBackground: "infinity" });
      expect(await readNumbers(map)).toEqual([Infinity, Infinity, Infinity]);
      dispose([full, map]);
    });

    it("read nothing back, and leave nothing but their result", async () => {
      const call = callOf(["signedDistanceMap", [9, 8], 2, { spacing: [2, 1] }, false], "indices");
      const labels = tensor(Array.from(call.labels.values), call.labels.shape, "int32");
      const weights = tensor(Array(144).fill(1), [2, 9, 8]);
      const reads = ["read", "readSync"].map((read) =>
        vi.spyOn(backend() as KernelBackend & { read: () => never }, read as "read"),
      );
      const before = memory();
      const made = [
        signedDistanceMap(labels, { ...call.options, weights }),
        hausdorffField(labels, { classes: 2 }),
        distanceMap(labels, { classes: 2 }),
        await signedDistanceMapAsync(labels, call.options),
        await hausdorffFieldAsync(labels, { classes: 2 }),
        await distanceMapAsync(labels, { classes: 2 }),
      ];
      for (const read of reads) {
        expect(read).not.toHaveBeenCalled();
        read.mockRestore();
      }
      expect(memory().numTensors).toBe(before.numTensors + made.length);
      expect(memory().numDataBuffers).toBe(before.numDataBuffers + made.length);
      dispose([...made, labels, weights]);
    });
  },
  ["webgl", "webgpu"],
);
