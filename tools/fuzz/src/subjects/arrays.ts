import * as arrays from "@lossary/distance-map/array";
import { surfaceDistances } from "@lossary/metrics";
import fc from "fast-check";
import { nonsense, sizeOf } from "../content.ts";
import { optionNames, options } from "../options.ts";
import type { Subject } from "../subject.ts";

type ArrayFunction = (voxels: never, shape: never, options?: never) => unknown;

const kinds = [Uint8Array, Uint8ClampedArray, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array];
const shapes = fc.oneof(
  { weight: 30, arbitrary: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }) },
  { weight: 2, arbitrary: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 0, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom([300], [5, 70], [4097, 1], [3, 40, 20]) },
);
const wrongShapes = fc.oneof(
  nonsense,
  fc.constantFrom([2.5], [-1], [Number.NaN], ["2"], [2 ** 31, 2 ** 31], [1e9, 1e9, 1e9]),
);

/** Masks and label volumes of every kind of array that holds so many voxels, runs of equal labels in them. */
function voxels(size: number): fc.Arbitrary<unknown> {
  const few = fc.array(fc.constantFrom(0, 0, 1, 2, 7, 255, -1, 70_000), { minLength: 1, maxLength: 3 });
  const run = fc.integer({ min: 1, max: 4 });
  const labels = fc.tuple(few, fc.array(fc.nat(2), { minLength: size, maxLength: size, size: "max" }), run);
  const all = labels.map(([some, picks, length]) =>
    Array.from({ length: size }, (_, i) => some[(picks[Math.floor(i / length)] as number) % some.length] as number),
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(all, fc.constantFrom(...kinds)).map(([values, Kind]) => Kind.from(values)) },
    { weight: 1, arbitrary: all },
    { weight: 1, arbitrary: all.map((values) => values.map((value) => value !== 0)) },
    { weight: 1, arbitrary: all.map((values) => BigInt64Array.from(values.map(BigInt))) },
  );
}

/** Voxels, their shape and options, most of which fit together. */
function arrayCalls(names: readonly string[]): fc.Arbitrary<readonly unknown[]> {
  const own = names.filter((name) => name !== "out" && name !== "ignored");
  const sizesOf = (shape: readonly number[]) => ({ batch: 1, spatial: shape, classes: 1, activation: "none" as const });
  return shapes.chain((shape) => {
    const size = sizeOf(shape);
    const chosen = options(own, sizesOf(shape));
    const into = fc.constantFrom(
      new Float32Array(size),
      new Int32Array(size + 3),
      new Float32Array(size + 1),
      new Float32Array(Math.max(0, size - 1)),
      [] as never,
    );
    const fitting = fc.tuple(voxels(size), fc.constant(shape), chosen);
    const given = fc.tuple(
      voxels(size),
      fc.constant(shape),
      fc.tuple(chosen, into).map(([some, out]) => ({ ...some, out })),
    );
    const wrong = fc.oneof(
      fc.tuple(
        fc.oneof(nonsense, voxels(size + 1), fc.constant([0.5, 1]), fc.constant(new Float32Array(size))),
        fc.constant(shape),
        chosen,
      ),
      fc.tuple(voxels(size), wrongShapes, chosen),
      fc.tuple(voxels(size), fc.constant(shape), nonsense),
    );
    return fc.oneof(
      { weight: 6, arbitrary: fitting },
      { weight: names.includes("out") ? 2 : 0, arbitrary: given },
      { weight: 1, arbitrary: wrong },
    );
  });
}

/** Infinity is the default where there is no background, and lies in the spare room of a caller's array. */
const infinite = () => true;

const named = (name: string, call: ArrayFunction): Subject => {
  const names = [...optionNames(call, [[0, 1], [2]]), ...(name.includes("Transform") ? ["out"] : [])];
  const isMap = name.endsWith("Map") || name.endsWith("Field");
  return { name, from: "distance-map/array", call, given: arrayCalls(names), ...(isMap ? {} : { infinite }) };
};

const functions = Object.entries(arrays).filter(
  ([name]) => name !== "createDistancePlan" && name !== "DistanceMapPool",
);

const planNames = optionNames(((...given: [never, never]) => arrays.createDistancePlan(...given)) as ArrayFunction, [
  [2],
]);

let pool: arrays.DistanceMapPool | undefined;

/** Ends the workers of the pool, if it was asked for. */
export async function closePool(): Promise<void> {
  await pool?.close();
  pool = undefined;
}

/** Distances of typed arrays, and the pool that computes them elsewhere. */
export const arraySubjects: readonly Subject[] = [
  ...functions.map(([name, call]) => named(name, call as ArrayFunction)),
  {
    name: "createDistancePlan",
    from: "distance-map/array",
    given: arrayCalls(planNames),
    call: (mask: never, shape: never, chosen: never) => {
      const plan = arrays.createDistancePlan(shape, chosen);
      // twice each, as scratch memory is kept
      return [
        plan.run(mask),
        plan.labels(mask),
        plan.signed(mask),
        plan.nearest(mask),
        plan.run(mask),
        plan.signed(mask),
      ];
    },
    infinite,
  },
  {
    name: "DistanceMapPool",
    from: "distance-map/array",
    given: fc.tuple(
      fc.constantFrom("borderWeightMap", "boundaryMap", "distanceTransform", "nearestBackground", "penaltyMap"),
      arrayCalls(["spacing", "backend"]),
    ),
    call: async (task: never, [mask, shape, chosen]: readonly [never, never, never]) => {
      pool ??= new arrays.DistanceMapPool({ workers: 1 });
      return pool.run(task, mask, shape, chosen);
    },
    infinite,
    speaksFor: [
      "borderWeightMap",
      "boundaryMap",
      "distanceTransform",
      "nearestBackground",
      "penaltyMap",
      "signedDistanceTransform",
      "labelDistanceTransform",
    ],
  },
  {
    name: "surfaceDistances",
    from: "metrics",
    given: arrayCalls(["spacing"]).map(([mask, shape, chosen]) => [mask, mask, shape, chosen]),
    call: surfaceDistances as never,
  },
];
