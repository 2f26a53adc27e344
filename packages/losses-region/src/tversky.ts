import {
  numberWithin,
  type Overlap,
  oneMinusRatio,
  overlapSums,
  prepare,
  type RatioOptions,
  ratioRules,
  readOptions,
  reduceRatio,
  type Settled,
  type Smoothing,
} from "@lossary/core-reduce";
import { add, mul, type Tensor, tidy } from "@tensorflow/tfjs-core";

/** The options of {@link tverskyLoss}. */
export interface TverskyLossOptions extends RatioOptions {
  /**
   * What a false positive costs, a in the formula.
   * @defaultValue `0.3`
   */
  falsePositiveWeight?: number;
  /**
   * What a false negative costs, b in the formula.
   * @defaultValue `0.7`
   */
  falseNegativeWeight?: number;
}

/** The rules of the options that the Tversky losses share. */
export const tverskyRules = {
  ...ratioRules,
  falsePositiveWeight: numberWithin(0, Number.POSITIVE_INFINITY, 0.3),
  falseNegativeWeight: numberWithin(0, Number.POSITIVE_INFINITY, 0.7),
};

/**
 * Tversky loss: a Dice loss in which false positives and false negatives have prices of their own.
 *
 * ```math
 * L = 1 - \frac{I + s_N}{I + a\,F\!P + b\,F\!N + s_D}, \qquad F\!P = P - I, \quad F\!N = G - I
 * ```
 *
 * I, P and G are the overlap sums of {@link diceLoss}. A price of false negatives above that of false positives favours sensitivity: small
 * structures are found at the cost of some false alarms. a = b = 1/2 is Dice with halved smoothing constants, a = b = 1 is IoU.
 *
 * Range [0, 1] with equal smoothing constants; 0 exactly at the perfect prediction. Both prices 0 would make it 0 everywhere, and throw.
 *
 * Differs from: papers and libraries in which of the two letters alpha and beta is which, so here the prices have names: MONAI, Keras and
 * segmentation_models.pytorch call them `alpha` (false positives) and `beta` (false negatives). kornia's depends on their sum alone.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link TverskyLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { tverskyLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * tverskyLoss(truth, prediction, { smooth: 1 }).print(); // 0.2432
 * ```
 *
 * @see S. S. M. Salehi, D. Erdogmus, A. Gholipour: Tversky loss function for image segmentation using 3D fully convolutional deep networks.
 * MLMI 2017, {@link https://arxiv.org/abs/1706.05721}
 */
export function tverskyLoss(labels: Tensor, predictions: Tensor, options?: TverskyLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("tverskyLoss", options, tverskyRules);
    const sums = overlapSums(prepare("tverskyLoss", labels, predictions, settled), settled);
    return reduceRatio("tverskyLoss", sums, settled, tversky("tverskyLoss", settled));
  });
}

/**
 * Tversky loss from overlap sums: of shards, patches or steps that were added up.
 *
 * ```math
 * L = 1 - \frac{I + s_N}{I + a\,F\!P + b\,F\!N + s_D}
 * ```
 *
 * Range, corners and what it differs from: those of {@link tverskyLoss}.
 *
 * @param overlap - sums as `overlap` returns them
 * @param options - see {@link TverskyLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { overlap } from "@lossary/core-reduce";
 * import { tverskyFromOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = overlap(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * tverskyFromOverlap(sums).print(); // 0.1262
 * ```
 *
 * @see {@link tverskyLoss}
 */
export function tverskyFromOverlap(overlap: Overlap, options?: TverskyLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("tverskyFromOverlap", options, tverskyRules);
    return reduceRatio("tverskyFromOverlap", overlap, settled, tversky("tverskyFromOverlap", settled));
  });
}

/** 1 - (I + sN) / (I + a FP + b FN + sD) as an equation in the sums. */
export function tversky(
  who: string,
  {
    falsePositiveWeight,
    falseNegativeWeight,
  }: Pick<Settled<typeof tverskyRules>, "falsePositiveWeight" | "falseNegativeWeight">,
) {
  if (falsePositiveWeight === 0 && falseNegativeWeight === 0) {
    throw new Error(`${who}: falsePositiveWeight and falseNegativeWeight are both 0, so no error would cost anything`);
  }
  return ({ intersection, falsePositives, falseNegatives }: Overlap, smoothing: Smoothing): Tensor => {
    const errors = add(mul(falsePositives, falsePositiveWeight), mul(falseNegatives, falseNegativeWeight));
    return oneMinusRatio(errors, intersection, smoothing);
  };
}
