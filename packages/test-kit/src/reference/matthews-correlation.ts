import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { groups, overlap, score, sumVoxels } from "./overlap.ts";
import { prepare } from "./prepare.ts";

/**
 * Matthews correlation loss in float64: 1 - (TP TN - FP FN) / sqrt((TP+FP)(TP+FN)(TN+FP)(TN+FN)), where the smoothing
 * adds to both true counts: a perfect prediction stays at 1 and false positives of an empty target still cost.
 */
export function matthewsCorrelationLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { classes, complement, g, options } = prepared;
  const { smooth = 1e-5 } = options;
  const ranges = groups(prepared);
  // Summed by voxel: as what the other counts leave of the volume it is rounding noise where the target is full.
  const bothEmpty = (k: number) => {
    const [notPredicted, notLabelled] = [complement[k] as number, 1 - (g[k] as number)];
    const isProduct = options.intersection === "product" || notLabelled === 0 || notLabelled === 1;
    return isProduct ? notPredicted * notLabelled : Math.min(notPredicted, notLabelled);
  };
  return reduceClasses(prepared, overlap(prepared), ({ intersection, predicted, labelled }, group, c) => {
    const range = ranges[group] as { from: number; to: number };
    const truePositives = intersection + smooth;
    const falsePositives = Math.max(predicted - intersection, 0);
    const falseNegatives = Math.max(labelled - intersection, 0);
    const trueNegatives = sumVoxels(prepared, range, (i) => bothEmpty(i * classes + c)) + smooth;
    const spread =
      Math.sqrt(truePositives + falsePositives) *
      Math.sqrt(truePositives + falseNegatives) *
      Math.sqrt(trueNegatives + falsePositives) *
      Math.sqrt(trueNegatives + falseNegatives);
    return 1 - score(truePositives * trueNegatives - falsePositives * falseNegatives, spread);
  });
}
