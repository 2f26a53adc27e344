import { confusionSums, labelledSums, type Problem, prepare, readOptions, validVoxels } from "@lossary/core-reduce";
import { type Tensor, type Tensor2D, type Tensor3D, tidy } from "@tensorflow/tfjs-core";
import { type GeneralizedWassersteinDiceLossOptions, wassersteinRules } from "./wasserstein-options.ts";

/** How often each class is taken for each other, as sums over voxels, which add over shards, patches and steps. */
export interface Confusion {
  /** sum v g_l p_k: truth by row, prediction by column; `[batch, classes, classes]`. */
  readonly confusion: Tensor3D;
  /** G = sum v g, without a gradient; `[batch, classes]`. */
  readonly labelled: Tensor2D;
  /** sum v, the weight of the voxels that count; `[batch, 1]`. */
  readonly valid: Tensor2D;
}

/**
 * Sums the soft confusion matrix of prediction and truth: the statistic behind `generalizedWassersteinDiceFromConfusion`.
 *
 * ```math
 * K_{lk} = \sum_i v_i\, g_{il}\, p_{ik}
 * ```
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32
 * @param options - as for `generalizedWassersteinDiceLoss`; `distanceMatrix` may be left out
 * @returns the sums of each sample, all at least 0
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { confusion } from "@lossary/losses-region";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = confusion(tensor2d([[0, 1]], [1, 2], "int32"), tensor3d([[[0.9, 0.1], [0.4, 0.6]]]));
 * sums.confusion.print(); // 0.9, 0.1, 0.4, 0.6
 * ```
 */
export function confusion(
  labels: Tensor,
  predictions: Tensor,
  options?: Partial<GeneralizedWassersteinDiceLossOptions>,
): Confusion {
  return tidy(() => {
    const settled = { ...readOptions("confusion", options, wassersteinRules), ...ofAllClasses };
    return { ...confusionOf(prepare("confusion", labels, predictions, settled)) };
  });
}

/** Every class takes part in a confusion matrix, and there is no mean over classes to normalise. */
export const ofAllClasses = { includeBackground: true, normalize: "count" } as const;

/** `confusion` of a problem that is prepared already. */
export function confusionOf(problem: Problem): Confusion {
  return { confusion: confusionSums(problem), labelled: labelledSums(problem), valid: validVoxels(problem) };
}
