import { missingOf, sideOf } from "./loop-errors.ts";
import { add, addUp, fillGradient } from "./loop-passes.ts";
import { addOverlap, slopeOfOverlap } from "./loop-sums.ts";
import type { Voxel } from "./loop-voxel.ts";
import type { BesideArrays, VoxelArrays } from "./voxel-arrays.ts";

/** Fills I, FP, FN and E, and behind them what is summed beside them, `[5 or 6, batch, classes]`. */
export function overlapErrorSums(given: VoxelArrays, beside: BesideArrays, sums: Float32Array): void {
  const stride = given.batch * given.classes;
  const ofOverlap = addOverlap(given, beside.product);
  addUp(given, sums.length / stride, sums, (voxel, c, weight, totals, row, at) => {
    ofOverlap(voxel, c, weight, totals, row, at);
    for (const [kind, term] of termsOf(voxel, c, beside).entries())
      add(totals, row + (4 + kind) * stride, weight * term);
  });
}

/** Fills the gradient. */
export function overlapErrorSumsGradient(
  given: VoxelArrays,
  beside: BesideArrays,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  const stride = given.batch * given.classes;
  const ofOverlap = slopeOfOverlap(given, beside.product, upstream);
  fillGradient(given, gradient, (voxel, c, weight, at, row) => {
    let slope = 0;
    for (const [kind, own] of slopesOf(voxel, c, beside).entries()) {
      slope += own * (upstream[row + (4 + kind) * stride] as number);
    }
    return ofOverlap(voxel, c, weight, at, row) + weight * slope;
  });
}

/** What a class of a voxel adds to each of the sums beside overlap. */
function termsOf(voxel: Voxel, c: number, { product, beside, exponent }: BesideArrays): number[] {
  const [q, g, missing] = [voxel.complement[c] as number, voxel.target[c] as number, missingOf(voxel, c)];
  if (beside === "sides") return [missing * missing * g, missing * missing * (1 - g)];
  if (beside === "powers") return [Math.abs(missing) ** exponent];
  return [product ? q * (1 - g) : Math.min(q, 1 - g)];
}

/** Their derivatives: of min(1 - p, 1 - g) -1 where p is above g, 0 below, and -(1 - g) where they are equal. */
function slopesOf(voxel: Voxel, c: number, { product, beside, exponent }: BesideArrays): number[] {
  const [g, missing] = [voxel.target[c] as number, missingOf(voxel, c)];
  if (beside === "sides") return [-2 * missing * g, -2 * missing * (1 - g)];
  if (beside === "powers") return [exponent * sideOf(missing, g) * Math.abs(missing) ** (exponent - 1)];
  return [product || missing === 0 ? g - 1 : -Number(missing < 0)];
}
