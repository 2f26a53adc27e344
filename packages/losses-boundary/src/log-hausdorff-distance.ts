import { logOnePlus, reduceClasses } from "@lossary/core-reduce";
import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { type HausdorffDistanceLossOptions, hausdorffMeans, readHausdorffOptions } from "./hausdorff-means.ts";

/** The options of {@link logHausdorffDistanceLoss}, those of {@link hausdorffDistanceLoss}. */
export type LogHausdorffDistanceLossOptions = HausdorffDistanceLossOptions;

/**
 * Logarithmic Hausdorff distance loss: the logarithm of the Hausdorff distance loss, which brings its squared distances to the scale of other losses.
 *
 * ```math
 * L = \ln\left(1 + L_{\text{Hausdorff}}\right)
 * ```
 *
 * The logarithm is taken of what the reduction gives: of the mean, of each sample's loss, or of each (sample, class). The distances, fields and
 * options are those of {@link hausdorffDistanceLoss}.
 *
 * Range [0, ∞); 0 exactly at the perfect prediction.
 *
 * Differs from: MONAI as {@link hausdorffDistanceLoss} does.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`; read back unless `distanceMap` is given or a graphics processor measures
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`; read back likewise unless `sided` is `"target"`
 * @param options - see {@link LogHausdorffDistanceLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error as {@link hausdorffDistanceLoss}
 *
 * @example
 * ```ts
 * import { logHausdorffDistanceLoss } from "@lossary/losses-boundary";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const prediction = tensor([0, 0, 0, 1, 1, 1, 0], [1, 7, 1]);
 * logHausdorffDistanceLoss(truth, prediction).print(); // 0.4520: ln (1 + 4/7)
 * ```
 *
 * @see D. Karimi, S. E. Salcudean: Reducing the Hausdorff distance in medical image segmentation with convolutional neural networks.
 * IEEE TMI 2020, {@link https://arxiv.org/abs/1904.10030}
 */
export function logHausdorffDistanceLoss(
  labels: Tensor,
  predictions: Tensor,
  options?: LogHausdorffDistanceLossOptions,
): Tensor {
  return tidy(() => {
    const who = "logHausdorffDistanceLoss";
    const settled = readHausdorffOptions(who, options);
    const means = hausdorffMeans(who, labels, predictions, settled);
    return logOnePlus(reduceClasses(who, means, settled));
  });
}
