import { add, addUp, eachCounted, fillGradient, shortfall } from "./loop-passes.ts";
import { readVoxels, type Voxel } from "./loop-voxel.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** Fills I, FP, FN and E, `[4, batch, classes]`. */
export function overlapSums(given: VoxelArrays, product: boolean, sums: Float32Array): void {
  addUp(given, 4, sums, addOverlap(given, product));
}

/** What a class of a voxel adds to I, FP, FN and E. */
export function addOverlap({ batch, classes }: VoxelArrays, product: boolean): Parameters<typeof addUp>[3] {
  const stride = batch * classes;
  return ({ probability, complement, target }, c, weight, totals, row) => {
    const [p, q, g] = [probability[c] as number, complement[c] as number, target[c] as number];
    const missing = shortfall(p, q, g);
    add(totals, row, weight * (product ? p * g : Math.min(p, g)));
    add(totals, row + stride, weight * (product ? p * (1 - g) : Math.max(-missing, 0)));
    add(totals, row + 2 * stride, weight * (product ? q * g : Math.max(missing, 0)));
    add(totals, row + 3 * stride, weight * missing * missing);
  };
}

/** Fills the gradient. */
export function overlapSumsGradient(
  given: VoxelArrays,
  product: boolean,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  fillGradient(given, gradient, slopeOfOverlap(given, product, upstream));
}

/** dI/dp = h, dFP/dp = 1 - h, dFN/dp = -h with h = g (product) or [p < g] (semimetric; g where they are equal). */
export function slopeOfOverlap(
  { batch, classes }: VoxelArrays,
  product: boolean,
  upstream: Float32Array,
): (voxel: Voxel, c: number, weight: number, at: number, row: number) => number {
  const stride = batch * classes;
  return ({ probability, complement, target }, c, weight, _at, row) => {
    const [p, q, g] = [probability[c] as number, complement[c] as number, target[c] as number];
    const missing = shortfall(p, q, g);
    const inside = product || missing === 0 ? g : Number(missing > 0);
    const ofInside = (upstream[row] as number) - (upstream[row + 2 * stride] as number);
    const ofOutside = upstream[row + stride] as number;
    const ofSquares = -2 * missing * (upstream[row + 3 * stride] as number);
    return weight * (inside * ofInside + (1 - inside) * ofOutside + ofSquares);
  };
}

/** Fills the sums of v (p - g)^2 f, `[batch, classes]`. */
export function squaredErrorSums(given: VoxelArrays, field: Float32Array, sums: Float32Array): void {
  addUp(given, 1, sums, ({ probability, complement, target }, c, weight, totals, row, at) => {
    const missing = shortfall(probability[c] as number, complement[c] as number, target[c] as number);
    add(totals, row, weight * missing * missing * (field[at] as number));
  });
}

/** Fills the gradient. */
export function squaredErrorSumsGradient(
  given: VoxelArrays,
  field: Float32Array,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  fillGradient(given, gradient, ({ probability, complement, target }, c, weight, at, row) => {
    const missing = shortfall(probability[c] as number, complement[c] as number, target[c] as number);
    return -2 * weight * missing * (field[at] as number) * (upstream[row] as number);
  });
}

/** Fills the gradient of the probabilities. */
export function probabilitiesGradient(given: VoxelArrays, upstream: Float32Array, gradient: Float32Array): void {
  fillGradient(given, gradient, (_voxel, _class, _weight, at) => upstream[at] as number);
}

/** Fills the probabilities. */
export function probabilities(given: VoxelArrays, result: Float32Array): void {
  const { batch, voxels, classes } = given;
  const reader = readVoxels(given);
  for (let at = 0; at < batch * voxels; at++) {
    reader.activate(at);
    result.set(reader.voxel.probability, at * classes);
  }
}

/** Fills sum v g, `[batch, classes]`. */
export function labelledSums(given: VoxelArrays, sums: Float32Array): void {
  const reader = readVoxels(given);
  eachCounted(given, reader, (at, weight, row, totals) => {
    reader.readTarget(at);
    for (let c = 0; c < given.classes; c++) add(totals, row + c, weight * (reader.voxel.target[c] as number));
  })(sums, given.classes);
}

/** Fills sum v, `[batch, 1]`. */
export function weightSums(given: VoxelArrays, sums: Float32Array): void {
  eachCounted(given, readVoxels(given), (_at, weight, row, totals) => add(totals, row, weight))(sums, 1);
}

/** Fills the sums of the predictions, `[batch, classes]`. */
export function valueSums(given: VoxelArrays, sums: Float32Array): void {
  const { predictions, classes } = given;
  eachCounted(given, readVoxels(given), (at, _weight, row, totals) => {
    for (let c = 0; c < classes; c++) add(totals, row + c, predictions?.[at * classes + c] as number);
  })(sums, classes);
}
