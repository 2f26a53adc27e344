import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { overlap, score } from "./overlap.ts";
import { prepare } from "./prepare.ts";

/**
 * Matthews correlation loss in float64: 1 - (TP TN - FP FN) / sqrt((TP+FP)(TP+FN)(TN+FP)(TN+FN)), where the smoothing
 * adds to both true counts: a perfect prediction stays at 1 and false positives of an empty target still cost.
 */
export function matthewsCorrelationLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { smooth = 1e-5 } = prepared.options;
  return reduceClasses(prepared, overlap(prepared), ({ intersection, predicted, labelled, volume }) => {
    const truePositives = intersection + smooth;
    const falsePositives = predicted - intersection;
    const falseNegatives = labelled - intersection;
    const trueNegatives = volume - predicted - labelled + intersection + smooth;
    const spread =
      Math.sqrt(truePositives + falsePositives) *
      Math.sqrt(truePositives + falseNegatives) *
      Math.sqrt(trueNegatives + falsePositives) *
      Math.sqrt(trueNegatives + falseNegatives);
    return 1 - score(truePositives * trueNegatives - falsePositives * falseNegatives, spread);
  });
}
