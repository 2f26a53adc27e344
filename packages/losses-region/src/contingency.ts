import {
  type Overlap,
  overlapAndTrueNegatives,
  type Problem,
  prepare,
  type RatioOptions,
  ratioRules,
  readOptions,
  rulesWithout,
  type SettledRatio,
} from "@lossary/core-reduce";
import { type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";

/** The options of `matthewsCorrelationLoss`. */
export type MatthewsCorrelationLossOptions = Omit<RatioOptions, "smoothNumerator" | "smoothDenominator">;

/** The rules of its options. */
export const matthewsRules = rulesWithout(ratioRules, "smoothNumerator", "smoothDenominator");

/** Overlap sums and the voxels that are right in being empty: the whole contingency table, which adds over shards, patches and steps. */
export interface Contingency extends Overlap {
  /** sum v min(1 - p, 1 - g), or sum v (1 - p) (1 - g) with `intersection: "product"`; `[batch, classes]`. */
  readonly trueNegatives: Tensor2D;
}

/**
 * Sums the contingency table of prediction and truth: the statistic behind `matthewsCorrelationFromContingency`.
 *
 * ```math
 * I = \sum_i v_i \min(p_i, g_i), \qquad T\!N = \sum_i v_i \min(1 - p_i, 1 - g_i)
 * ```
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32
 * @param options - as for `matthewsCorrelationLoss`
 * @returns the sums, all at least 0; with `includeBackground: false` without class 0
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { contingency } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const { trueNegatives } = contingency(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * trueNegatives.print(); // 0.8
 * ```
 */
export function contingency(
  labels: Tensor,
  predictions: Tensor,
  options?: MatthewsCorrelationLossOptions,
): Contingency {
  return tidy(() => {
    const settled = readOptions("contingency", options, matthewsRules);
    return { ...contingencyOf(prepare("contingency", labels, predictions, settled), settled) };
  });
}

/** `contingency` of a problem that is prepared already. */
export function contingencyOf(
  problem: Problem,
  options: Pick<SettledRatio, "intersection" | "includeBackground">,
): Contingency {
  const { overlap, trueNegatives } = overlapAndTrueNegatives(problem, options);
  return { ...overlap, trueNegatives };
}
