import { crossEntropy, crossEntropyGradient } from "./loop-cross-entropy.ts";
import { overlapSums, overlapSumsGradient } from "./loop-sums.ts";
import type { TermArrays, VoxelArrays } from "./voxel-arrays.ts";

/** Fills I, FP, FN and E, `[4, batch, classes]`, and the map of a cross entropy, which voxel weights do not multiply. */
export function overlapCrossEntropy(
  given: VoxelArrays,
  product: boolean,
  terms: TermArrays,
  [sums, map]: readonly [sums: Float32Array, map: Float32Array],
): void {
  overlapSums(given, product, sums);
  crossEntropy(counting(given), terms, map);
}

/** Fills the gradient; `chosen` is that of the map, but for the coefficients. */
export function overlapCrossEntropyGradient(
  given: VoxelArrays,
  product: boolean,
  terms: TermArrays,
  [upstream, chosen]: readonly [upstream: Float32Array, chosen: Float32Array],
  gradient: Float32Array,
): void {
  crossEntropyGradient(counting(given), terms, chosen, gradient);
  const ofOverlap = new Float32Array(gradient.length);
  overlapSumsGradient(given, product, upstream, ofOverlap);
  for (let at = 0; at < gradient.length; at++) gradient[at] = (gradient[at] as number) + (ofOverlap[at] as number);
}

/** The same problem, in which what counts weighs 1. */
function counting(given: VoxelArrays): VoxelArrays {
  const { weights } = given;
  return weights ? { ...given, weights: Uint8Array.from(weights, (weight) => Number(weight > 0)) } : given;
}
