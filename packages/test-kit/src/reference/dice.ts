import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type OverlapSums, overlap, score, smoothing } from "./overlap.ts";
import { type Prepared, prepare } from "./prepare.ts";

/** 1 - (2I + sN) / (P + G + sD), or with the squares below. */
export function diceOf(sums: OverlapSums, prepared: Prepared, fallbackSmooth?: number): number {
  const { smoothNumerator, smoothDenominator } = smoothing(prepared, fallbackSmooth);
  if (prepared.options.denominator === "squares") {
    return (
      1 - score(2 * sums.product + smoothNumerator, sums.squaredPredicted + sums.squaredLabelled + smoothDenominator)
    );
  }
  return 1 - score(2 * sums.intersection + smoothNumerator, sums.predicted + sums.labelled + smoothDenominator);
}

/** Dice loss in float64. */
export function diceLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  return reduceClasses(prepared, overlap(prepared), (sums) => diceOf(sums, prepared));
}
