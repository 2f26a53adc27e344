import {
  type Overlap,
  oneMinusRatio,
  overlapSums,
  prepare,
  type RatioOptions,
  ratioRules,
  readOptions,
  reduceRatio,
  type Smoothing,
} from "@lossary/core-reduce";
import { add, type Tensor, tidy } from "@tensorflow/tfjs-core";

/** The options of {@link iouLoss}. */
export type IouLossOptions = RatioOptions;

/**
 * IoU loss, also called Jaccard loss: one minus the intersection over the union, for each class, then averaged.
 *
 * ```math
 * L = 1 - \frac{I + s_N}{P + G - I + s_D}, \qquad I = \sum_i v_i \min(p_i, g_i), \quad P = \sum_i v_i p_i, \quad G = \sum_i v_i g_i
 * ```
 *
 * The sums run over the voxels of a sample, or of the batch with `over: "batch"`; v is the voxel weight, 0 for ignored voxels.
 * For hard targets min(p, g) = p g, the usual form; for soft targets it makes `iouLoss(g, g)` zero.
 *
 * Range [0, 1] with equal smoothing constants; 0 exactly at the perfect prediction. It orders predictions of one class as Dice does
 * (IoU = Dice / (2 - Dice)), and differs where classes and samples are averaged: bad ones weigh more.
 *
 * Differs from: MONAI (`jaccard`), whose smoothing constants act as half of ours; segmentation_models.pytorch, which takes batch sums
 * (`over: "batch"`) and makes false positives of absent classes free; SegLossOdyssey, which returns minus the IoU.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link IouLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { iouLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * iouLoss(truth, prediction, { smooth: 1 }).print(); // 0.3333
 * ```
 *
 * @see M. A. Rahman, Y. Wang: Optimizing intersection-over-union in deep neural networks for image segmentation. ISVC 2016,
 * {@link https://doi.org/10.1007/978-3-319-50835-1_22}
 * @see Z. Wang et al.: Jaccard metric losses (the intersection for soft targets). NeurIPS 2023, {@link https://arxiv.org/abs/2302.05666}
 */
export function iouLoss(labels: Tensor, predictions: Tensor, options?: IouLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("iouLoss", options, ratioRules);
    const sums = overlapSums(prepare("iouLoss", labels, predictions, settled), settled);
    return reduceRatio("iouLoss", sums, settled, iou);
  });
}

/**
 * IoU loss from overlap sums: of shards, patches or steps that were added up.
 *
 * ```math
 * L = 1 - \frac{I + s_N}{P + G - I + s_D}
 * ```
 *
 * Range, corners and what it differs from: those of {@link iouLoss}.
 *
 * @param overlap - sums as `overlap` returns them
 * @param options - see {@link IouLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { overlap } from "@lossary/core-reduce";
 * import { iouFromOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = overlap(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * iouFromOverlap(sums).print(); // 0.25
 * ```
 *
 * @see {@link iouLoss}
 */
export function iouFromOverlap(overlap: Overlap, options?: IouLossOptions): Tensor {
  return tidy(() => reduceRatio("iouFromOverlap", overlap, readOptions("iouFromOverlap", options, ratioRules), iou));
}

/** P + G - I = I + FP + FN. */
function iou({ intersection, falsePositives, falseNegatives }: Overlap, smoothing: Smoothing): Tensor {
  return oneMinusRatio(add(falsePositives, falseNegatives), intersection, smoothing);
}
