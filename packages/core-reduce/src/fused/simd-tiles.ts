import { bufferEnd, type SimdExports, simdMemory } from "./simd-module.ts";
import type { Numbers, VoxelArrays } from "./voxel-arrays.ts";

/** A module with views of the memory, which never grows. */
export interface Simd {
  readonly run: SimdExports;
  /** All that buffers may take. */
  readonly floats: Float32Array;
  readonly integers: Int32Array;
  readonly bytes: Uint8Array;
  readonly doubles: Float64Array;
  /** Where the buffers begin, counted in floats. */
  readonly at: Readonly<
    Record<
      | "predictions"
      | "labels"
      | "field"
      | "weights"
      | "map"
      | "coefficients"
      | "termCoefficients"
      | "sums"
      | "termSums",
      number
    >
  >;
  /** Voxels a tile, where it shall be smaller than the module allows: results do not depend on it. */
  readonly largestTile: number;
}

/** One tile: `count` voxels of a sample, from voxel `first` of the whole batch. */
export interface Tile {
  readonly sample: number;
  readonly first: number;
  readonly count: number;
}

const activations = { none: 0, softmax: 1, sigmoid: 2 };

/** The module's buffers as views. */
export function viewsOf(run: SimdExports, largestTile: number): Simd {
  const { buffer } = simdMemory();
  const start = (address: WebAssembly.Global) => (address.value as number) / 4;
  return {
    run,
    floats: new Float32Array(buffer, 0, bufferEnd / 4),
    integers: new Int32Array(buffer),
    bytes: new Uint8Array(buffer),
    doubles: new Float64Array(buffer),
    at: {
      predictions: start(run.predictionsAt),
      labels: start(run.labelsAt),
      field: start(run.fieldAt),
      weights: start(run.weightsAt),
      map: start(run.mapAt),
      coefficients: start(run.coefficientsAt),
      termCoefficients: start(run.termCoefficientsAt),
      sums: start(run.sumsAt),
      termSums: start(run.termSumsAt),
    },
    largestTile,
  };
}

/**
 * Runs over a batch tile by tile, with everything that is given copied in. `field` is one more array as large as the predictions.
 * `beforeSample` and `afterSample` run around the tiles of one sample.
 */
export function eachTile(
  simd: Simd,
  given: VoxelArrays,
  field: Float32Array | undefined,
  steps: {
    readonly beforeSample?: (sample: number) => void;
    readonly tile: (tile: Tile) => void;
    readonly afterSample?: (sample: number) => void;
  },
): void {
  const { batch, voxels } = given;
  const capacity = capacityOf(simd, given, field !== undefined);
  for (let sample = 0; sample < batch; sample++) {
    steps.beforeSample?.(sample);
    for (let done = 0; done < voxels; done += capacity) {
      const tile = { sample, first: sample * voxels + done, count: Math.min(capacity, voxels - done) };
      copyIn(simd, given, field, tile);
      steps.tile(tile);
    }
    steps.afterSample?.(sample);
  }
}

/** Says what the tiles hold, and how many voxels one takes. */
export function capacityOf({ run, largestTile }: Simd, given: VoxelArrays, withField: boolean): number {
  const { classes, activation, labels, indexed, weights, ignoreLabel } = given;
  const kind = labels === undefined ? 0 : indexed ? 2 : 1;
  // an index out of range is ignored anyway, and one beyond int32 must not come round to one that is not
  const ignored = ignoreLabel >= 0 && ignoreLabel < Math.max(2, classes) ? ignoreLabel : -1;
  const keeps = given.keeps === true || given.leaving !== undefined;
  const flags = [weights !== undefined, withField, keeps, given.left !== undefined].map(Number);
  const [weighted, field, kept, recalled] = flags as [number, number, number, number];
  const most = run.describe(classes, activations[activation], kind, weighted, field, ignored, kept, recalled);
  return Math.min(most, largestTile);
}

/** Copies everything that is given of a tile. */
export function copyIn(simd: Simd, given: VoxelArrays, field: Float32Array | undefined, { first, count }: Tile): void {
  const { floats, at } = simd;
  const { labels, indexed, weights, classes } = given;
  const predictions = given.left ?? given.predictions;
  const [from, to] = [first * classes, (first + count) * classes];
  if (predictions) floats.set(predictions.subarray(from, to), at.predictions);
  if (field) floats.set(field.subarray(from, to), at.field);
  if (weights) floats.set(weights.subarray(first, first + count), at.weights);
  if (labels && indexed) simd.integers.set(labels.subarray(first, first + count), at.labels);
  else if (labels) copyDense(simd, labels.subarray(from, to));
}

/** Copies without converting, which the module does faster. */
function copyDense({ run, floats, integers, bytes, at }: Simd, labels: Numbers): void {
  if (labels instanceof Float32Array) floats.set(labels, at.labels);
  else if (labels instanceof Int32Array) {
    integers.set(labels, at.labels);
    run.widenIntegers(labels.length);
  } else {
    const whole = Math.ceil(labels.length / 4) * 4;
    bytes.set(labels, 4 * at.labels + 3 * whole);
    run.widenBytes(labels.length);
  }
}

/** Copies the result, which took the place of the predictions, out of a tile. */
export function copyOut({ floats, at }: Simd, { first, count }: Tile, classes: number, result: Float32Array): void {
  result.set(floats.subarray(at.predictions, at.predictions + count * classes), first * classes);
}
