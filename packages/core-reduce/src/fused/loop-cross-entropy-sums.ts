import { crossEntropyGradient } from "./loop-cross-entropy.ts";
import { addUp } from "./loop-passes.ts";
import { overlapSums, overlapSumsGradient } from "./loop-sums.ts";
import type { TermSums, VoxelArrays } from "./voxel-arrays.ts";

/** Fills the sums of v g' (1 - p)^gamma (-ln p) and of v (1 - g') p^gamma (-ln (1 - p)), behind those of overlap where these are wanted. */
export function crossEntropySums(given: VoxelArrays, terms: TermSums, sums: Float32Array): void {
  const { gamma, power: exponent, keep, spread, negatives, errors, overlap } = terms;
  const stride = given.batch * given.classes;
  const ofTerms = overlap === "none" ? sums : sums.subarray(4 * stride);
  if (overlap !== "none") overlapSums(given, overlap === "product", sums);
  const visit: Parameters<typeof addUp>[3] = (voxel, c, weight, totals, row) => {
    const [p, q] = [voxel.probability[c] as number, voxel.complement[c] as number];
    const g = (voxel.target[c] as number) * keep + spread;
    const ofPositive = weight * g * (power(q, gamma) * raised(voxel.minusLog[c] as number, exponent) + errors * q);
    totals[row] = (totals[row] as number) + ofPositive;
    if (!negatives) return;
    const ofNegative = power(p, gamma) * raised(voxel.minusLogComplement[c] as number, exponent) + errors * p;
    totals[row + stride] = (totals[row + stride] as number) + weight * (1 - g) * ofNegative;
  };
  addUp(given, 2, ofTerms, visit, true);
}

/** Fills the gradient: that of a map whose coefficients are the upstream gradients, and that of overlap. */
export function crossEntropySumsGradient(
  given: VoxelArrays,
  terms: TermSums,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  const { batch, voxels, classes } = given;
  const { negatives, overlap } = terms;
  const stride = batch * classes;
  const ofTerms = overlap === "none" ? upstream : upstream.subarray(4 * stride);
  const [positive, negative] = [ofTerms.subarray(0, stride), ofTerms.subarray(stride)];
  const coefficients = { ...terms, positive, negative: negatives ? negative : undefined, logs: true };
  crossEntropyGradient(given, coefficients, new Float32Array(batch * voxels).fill(1), gradient);
  if (overlap === "none") return;
  const ofOverlap = new Float32Array(gradient.length);
  overlapSumsGradient(given, overlap === "product", upstream, ofOverlap);
  for (let at = 0; at < gradient.length; at++) gradient[at] = (gradient[at] as number) + (ofOverlap[at] as number);
}

function power(base: number, gamma: number): number {
  return gamma === 0 ? 1 : Math.max(base, 0) ** gamma;
}

function raised(minusLog: number, exponent: number): number {
  return exponent === 1 ? minusLog : Math.max(minusLog, 0) ** exponent;
}
