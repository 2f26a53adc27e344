import {
  numberWithin,
  type OptionRule,
  prepare,
  probabilities,
  readOptions,
  reduceClasses,
  type SharedOptions,
  safeDivide,
  sharedRules,
  validVoxels,
  withoutBackground,
} from "@lossary/core-reduce";
import { type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";
import { erodedErrorSums } from "./eroded-error-sums.ts";

/** The options of {@link hausdorffErosionLoss}. */
export interface HausdorffErosionLossOptions extends SharedOptions {
  /**
   * How often the errors are eroded, 1 to 24: about the radius in voxels of the thickest error that is told from a thinner one.
   * @defaultValue `10`
   */
  erosions?: number;
  /**
   * The power of the depth k with which an error that outlasts k erosions is weighed, from 0 to 8: higher ones leave float32.
   * @defaultValue `2`
   */
  alpha?: number;
}

const erosionCount: OptionRule<number> = {
  expected: "a whole number from 1 to 24",
  allows: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 24,
  default: 10,
};

const erosionRules = { ...sharedRules, erosions: erosionCount, alpha: numberWithin(0, 8, 2) };

/**
 * Hausdorff loss by erosion: errors are eroded again and again, and what outlasts more erosions, because it is thicker, costs more. Needs no distances.
 *
 * ```math
 * L_{nc} = \frac{1}{\sum_i v_i} \sum_i v_i \sum_{k=1}^{K} k^\alpha e_{k,i}, \qquad e_0 = (p - g)^2, \quad e_k = \max(2\, (B * e_{k-1}) - 1,\ 0)
 * ```
 *
 * B is the mean over a voxel and its face neighbours: 3, 5 or 7 voxels; beyond the image and at ignored voxels there are no errors. The soft
 * threshold at one half is rescaled to [0, 1]: without that nothing is left after one erosion. Errors thinner than an erosion, and those with
 * (p - g)² far below one half, cost nothing and have no gradient: use it beside a region loss. It counts voxels, whatever their spacing.
 *
 * The gradient goes through all erosions; they are computed again on the way back, so that memory does not grow with their number.
 *
 * Range [0, ∞); 0 at the perfect prediction, and near it.
 *
 * Differs from: kornia and PatRyg99, which rescale each erosion by its own extremes, over the whole image; SegLossOdyssey, whose erosions carry no gradient.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link HausdorffErosionLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { hausdorffErosionLoss } from "@lossary/losses-boundary";
 * import { tensor, zeros } from "@tensorflow/tfjs";
 *
 * // three missed voxels in a row: 1/3 1 1/3 after one erosion, 0 1/9 0 after two
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * hausdorffErosionLoss(truth, zeros([1, 7, 1])).print(); // 0.3016
 * ```
 *
 * @see D. Karimi, S. E. Salcudean: Reducing the Hausdorff distance in medical image segmentation with convolutional neural networks.
 * IEEE TMI 2020, {@link https://arxiv.org/abs/1904.10030}
 */
export function hausdorffErosionLoss(
  labels: Tensor,
  predictions: Tensor,
  options?: HausdorffErosionLossOptions,
): Tensor {
  return tidy(() => {
    const who = "hausdorffErosionLoss";
    const settled = readOptions(who, options, erosionRules);
    const problem = prepare(who, labels, predictions, settled);
    const sums = erodedErrorSums(problem, probabilities(problem), settled);
    const taking = settled.includeBackground ? sums : withoutBackground(sums);
    return reduceClasses(who, safeDivide(taking, validVoxels(problem)) as Tensor2D, settled);
  });
}
