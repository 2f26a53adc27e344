import {
  guardedPower,
  numberAboveZero,
  type Overlap,
  overlapSums,
  prepare,
  readOptions,
  reduceRatio,
  type Settled,
  type Smoothing,
} from "@lossary/core-reduce";
import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { type TverskyLossOptions, tversky, tverskyRules } from "./tversky.ts";

/** The options of {@link focalTverskyLoss}. */
export interface FocalTverskyLossOptions extends TverskyLossOptions {
  /**
   * The focusing parameter, above 0: the Tversky loss of each class is raised to 1 / gamma.
   * @defaultValue `4 / 3`
   */
  gamma?: number;
}

const focalTverskyRules = { ...tverskyRules, gamma: numberAboveZero(4 / 3) };

/**
 * Focal Tversky loss: the Tversky loss of each class, raised to a power that keeps classes which are nearly right from being neglected.
 *
 * ```math
 * L = (1 - T)^{1/\gamma}, \qquad T = \frac{I + s_N}{I + a\,F\!P + b\,F\!N + s_D}
 * ```
 *
 * T is the Tversky index of {@link tverskyLoss}, a the price of false positives and b that of false negatives. The power is taken of each
 * class, then the mean. With gamma above 1 small losses keep steep gradients; gamma 1 is the Tversky loss; below 1 easy classes count less.
 *
 * Range [0, 1] with equal smoothing constants; 0 exactly at the perfect prediction, where the gradient, which would be infinite for gamma above 1,
 * is 0: nothing is left to learn. A `smoothNumerator` above `smoothDenominator` can push T above 1, which counts as 1.
 *
 * Differs from: Abraham and Khan, whose alpha weighs the false negatives; segmentation_models.pytorch, whose gamma is the exponent itself, is
 * applied after the mean over classes, and has a gradient of NaN at T = 1.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link FocalTverskyLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { focalTverskyLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * focalTverskyLoss(truth, prediction, { smooth: 1 }).print(); // 0.3464
 * ```
 *
 * @see N. Abraham, N. M. Khan: A novel focal Tversky loss function with improved attention U-Net for lesion segmentation. ISBI 2019,
 * {@link https://arxiv.org/abs/1810.07842}
 */
export function focalTverskyLoss(labels: Tensor, predictions: Tensor, options?: FocalTverskyLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("focalTverskyLoss", options, focalTverskyRules);
    const sums = overlapSums(prepare("focalTverskyLoss", labels, predictions, settled), settled);
    return reduceRatio("focalTverskyLoss", sums, settled, focalTversky("focalTverskyLoss", settled));
  });
}

/**
 * Focal Tversky loss from overlap sums: of shards, patches or steps that were added up.
 *
 * ```math
 * L = (1 - T)^{1/\gamma}
 * ```
 *
 * Range, corners and what it differs from: those of {@link focalTverskyLoss}.
 *
 * @param overlap - sums as `overlap` returns them
 * @param options - see {@link FocalTverskyLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { overlap } from "@lossary/core-reduce";
 * import { focalTverskyFromOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = overlap(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * focalTverskyFromOverlap(sums, { gamma: 1 }).print(); // 0.1262
 * ```
 *
 * @see {@link focalTverskyLoss}
 */
export function focalTverskyFromOverlap(overlap: Overlap, options?: FocalTverskyLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("focalTverskyFromOverlap", options, focalTverskyRules);
    return reduceRatio("focalTverskyFromOverlap", overlap, settled, focalTversky("focalTverskyFromOverlap", settled));
  });
}

/** (1 - T)^(1 / gamma) as an equation in the sums. */
function focalTversky(who: string, settled: Settled<typeof focalTverskyRules>) {
  const oneMinusIndex = tversky(who, settled);
  return (sums: Overlap, smoothing: Smoothing): Tensor =>
    guardedPower(oneMinusIndex(sums, smoothing), 1 / settled.gamma);
}
