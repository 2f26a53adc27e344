import { fusedCrossEntropySums } from "./fused/reductions/cross-entropy-sums.ts";
import { fusedOverlapSums } from "./fused/reductions/overlap-sums.ts";
import { isFused } from "./kernel.ts";

/**
 * Whether one pass for overlap and cross entropy costs less than one for each: not where only the separate ones are fused.
 *
 * @param fused - whether fused kernels may run
 * @returns whether {@link overlapAndCrossEntropySums} is the cheaper way on the current backend
 *
 * @example
 * ```ts
 * import { sharesOnePass } from "@lossary/core-reduce";
 *
 * console.log(sharesOnePass(true)); // true
 * ```
 */
export function sharesOnePass(fused: boolean): boolean {
  return !fused || isFused(fusedCrossEntropySums.forward) || !isFused(fusedOverlapSums.forward);
}

/** Whether the sums come out of one fused pass; portable ones cost more than a map does. */
export function sumsAreFused(fused: boolean): boolean {
  return fused && isFused(fusedCrossEntropySums.forward);
}
