import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type OverlapSums, overlap, score, smoothing } from "./overlap.ts";
import { type Prepared, prepare } from "./prepare.ts";

/** T = (I + sN) / (I + a FP + b FN + sD). */
export function tverskyIndex(sums: OverlapSums, prepared: Prepared): number {
  const { falsePositiveWeight = 0.3, falseNegativeWeight = 0.7 } = prepared.options;
  const { smoothNumerator, smoothDenominator } = smoothing(prepared);
  const { intersection, predicted, labelled } = sums;
  const mistakes = falsePositiveWeight * (predicted - intersection) + falseNegativeWeight * (labelled - intersection);
  return score(intersection + smoothNumerator, intersection + mistakes + smoothDenominator);
}

/** Tversky loss in float64: 1 - T. */
export function tverskyLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  return reduceClasses(prepared, overlap(prepared), (sums) => 1 - tverskyIndex(sums, prepared));
}

/** Focal Tversky loss in float64: (1 - T)^(1/gamma), per class. */
export function focalTverskyLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { gamma = 4 / 3 } = prepared.options;
  return reduceClasses(
    prepared,
    overlap(prepared),
    (sums) => Math.max(1 - tverskyIndex(sums, prepared), 0) ** (1 / gamma),
  );
}
