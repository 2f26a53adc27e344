import { add, addUp, fillGradient, shortfall } from "./loop-passes.ts";
import { addOverlap, slopeOfOverlap } from "./loop-sums.ts";
import type { Fielded, VoxelArrays } from "./voxel-arrays.ts";

/** Fills I, FP, FN, E and the sum of v p f, or of v (p - g)^2 f, `[5, batch, classes]`. */
export function overlapFieldSums(
  given: VoxelArrays,
  product: boolean,
  fielded: Fielded,
  field: Float32Array,
  sums: Float32Array,
): void {
  const ofOverlap = addOverlap(given, product);
  const ofField = 4 * given.batch * given.classes;
  addUp(given, 5, sums, (voxel, c, weight, totals, row, at) => {
    ofOverlap(voxel, c, weight, totals, row, at);
    const [p, q, g] = [voxel.probability[c] as number, voxel.complement[c] as number, voxel.target[c] as number];
    const value = fielded === "probability" ? p : shortfall(p, q, g) ** 2;
    add(totals, row + ofField, weight * value * (field[at] as number));
  });
}

/** Fills the gradient. */
export function overlapFieldSumsGradient(
  given: VoxelArrays,
  product: boolean,
  fielded: Fielded,
  field: Float32Array,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  const ofOverlap = slopeOfOverlap(given, product, upstream);
  const ofField = 4 * given.batch * given.classes;
  fillGradient(given, gradient, (voxel, c, weight, at, row) => {
    const [p, q, g] = [voxel.probability[c] as number, voxel.complement[c] as number, voxel.target[c] as number];
    const slope = fielded === "probability" ? 1 : -2 * shortfall(p, q, g);
    const own = weight * slope * (field[at] as number) * (upstream[row + ofField] as number);
    return ofOverlap(voxel, c, weight, at, row) + own;
  });
}
