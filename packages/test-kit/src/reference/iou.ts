import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { overlap, score, smoothing } from "./overlap.ts";
import { prepare } from "./prepare.ts";

/** IoU (Jaccard) loss in float64: 1 - (I + sN) / (P + G - I + sD). */
export function iouLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { smoothNumerator, smoothDenominator } = smoothing(prepared);
  return reduceClasses(
    prepared,
    overlap(prepared),
    ({ intersection: i, predicted, labelled }) =>
      1 - score(i + smoothNumerator, predicted + labelled - i + smoothDenominator),
  );
}
