import { add, addUp, fillGradient, shortfall } from "./loop-passes.ts";
import { readVoxels, type Voxel } from "./loop-voxel.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** g - p of a class. */
function missingOf({ probability, complement, target }: Voxel, c: number): number {
  return shortfall(probability[c] as number, complement[c] as number, target[c] as number);
}

/** The derivative of |p - g|: the sign of p - g, and 1 - 2g at p = g, the limit that a hard target has. */
function sideOf(missing: number, g: number): number {
  return missing === 0 ? 1 - 2 * g : -Math.sign(missing);
}

/** 1 - (2g - 1) x */
function marginOf({ probability, target }: Voxel, c: number): number {
  return 1 + (1 - 2 * (target[c] as number)) * (probability[c] as number);
}

/** Fills |p - g|, or the hinge of scores. */
export function errors(given: VoxelArrays, hinge: boolean, result: Float32Array): void {
  const { batch, voxels, classes } = given;
  const reader = readVoxels(given);
  for (let at = 0; at < batch * voxels; at++) {
    const isCounted = reader.weigh(at) !== 0;
    if (isCounted) {
      reader.readTarget(at);
      reader.activate(at);
    }
    for (let c = 0; c < classes; c++) {
      const error = hinge ? Math.max(marginOf(reader.voxel, c), 0) : Math.abs(missingOf(reader.voxel, c));
      result[at * classes + c] = isCounted ? error : 0;
    }
  }
}

/** Fills the gradient; the weight of a voxel says only whether it counts. */
export function errorsGradient(
  given: VoxelArrays,
  hinge: boolean,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  fillGradient(given, gradient, (voxel, c, _weight, at) => {
    const [g, d] = [voxel.target[c] as number, upstream[at] as number];
    if (hinge) return marginOf(voxel, c) > 0 ? d * (1 - 2 * g) : 0;
    return d * sideOf(missingOf(voxel, c), g);
  });
}

/** Fills the sums of v |p - g|^exponent, `[batch, classes]`. */
export function errorPowerSums(given: VoxelArrays, exponent: number, sums: Float32Array): void {
  addUp(given, 1, sums, (voxel, c, weight, totals, row) => {
    add(totals, row, weight * Math.abs(missingOf(voxel, c)) ** exponent);
  });
}

/** Fills the gradient. */
export function errorPowerSumsGradient(
  given: VoxelArrays,
  exponent: number,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  fillGradient(given, gradient, (voxel, c, weight, _at, row) => {
    const missing = missingOf(voxel, c);
    const size = exponent * Math.abs(missing) ** (exponent - 1);
    return weight * (upstream[row] as number) * sideOf(missing, voxel.target[c] as number) * size;
  });
}

/** Fills the sums of v min(1 - p, 1 - g), or of v (1 - p) (1 - g), `[batch, classes]`. */
export function trueNegatives(given: VoxelArrays, product: boolean, sums: Float32Array): void {
  addUp(given, 1, sums, ({ complement, target }, c, weight, totals, row) => {
    const [q, unlabelled] = [complement[c] as number, 1 - (target[c] as number)];
    add(totals, row, weight * (product ? q * unlabelled : Math.min(q, unlabelled)));
  });
}

/** Fills the gradient: -(1 - g), or -1 where p is above g, with 1 - g where they are equal. */
export function trueNegativesGradient(
  given: VoxelArrays,
  product: boolean,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  fillGradient(given, gradient, (voxel, c, weight, _at, row) => {
    const missing = missingOf(voxel, c);
    const inside = product || missing === 0 ? 1 - (voxel.target[c] as number) : Number(missing < 0);
    return -weight * inside * (upstream[row] as number);
  });
}
