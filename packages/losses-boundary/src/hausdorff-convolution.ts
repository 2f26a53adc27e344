import {
  numberAboveZero,
  numberWithin,
  type OptionRule,
  prepare,
  probabilities,
  readOptions,
  reduceClasses,
  type SharedOptions,
  safeDivide,
  sharedRules,
  spacing,
  spacingOf,
  validVoxels,
  withoutBackground,
} from "@lossary/core-reduce";
import { type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";
import { confirmedErrorSums } from "./confirmed-error-sums.ts";

/** The options of {@link hausdorffConvolutionLoss}. */
export interface HausdorffConvolutionLossOptions extends SharedOptions {
  /**
   * The radii of the balls, in the units of `spacing`. The cost grows with a radius in 2-D and with its square in 3-D.
   * @defaultValue `[3, 6, 9, 12, 15, 18]`
   */
  radii?: readonly number[];
  /**
   * The power of the radius with which an error that a whole ball confirms is weighed, from 0 to 8: higher ones leave float32.
   * @defaultValue `2`
   */
  alpha?: number;
  /**
   * The distance between neighbouring voxels, one number or one a spatial axis.
   * @defaultValue `1`
   */
  spacing?: number | readonly number[];
}

const radii: OptionRule<readonly number[]> = {
  expected: "a list of finite numbers above 0",
  allows: (value) => Array.isArray(value) && value.length > 0 && value.every(numberAboveZero(1).allows),
  default: [3, 6, 9, 12, 15, 18],
};

const convolutionRules = { ...sharedRules, radii, alpha: numberWithin(0, 8, 2), spacing };

/**
 * Hausdorff loss by convolution: an error costs the more, the larger the ball around it that holds nothing of the other side. Needs no distances.
 *
 * ```math
 * L_{nc} = \frac{1}{\sum_i v_i} \sum_i v_i \sum_r r^\alpha (p - g)^2 \left[ g \left( s(B_r (1 - p)) + s(B_r g) \right) + p \left( s(B_r (1 - g)) + s(B_r p) \right) \right]
 * ```
 *
 * B_r is the mean over the voxels within r, a disc or a ball cut at the end of the image and without ignored voxels, and s(x) = max(2x - 1, 0) a
 * soft threshold. The first bracket weighs what was missed: by how far around it nothing was predicted, and by how deep it lies in the truth.
 * The second, what was invented. The gradient goes through the balls; they are computed again on the way back, so that memory does not grow
 * with the number of radii.
 *
 * Range [0, ∞); 0 at the perfect prediction.
 *
 * Differs from: no other implementation that its numbers were compared with.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link HausdorffConvolutionLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error without a spatial axis to measure on, and for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { hausdorffConvolutionLoss } from "@lossary/losses-boundary";
 * import { tensor, zeros } from "@tensorflow/tfjs";
 *
 * // each of three missed voxels has nothing predicted around it; two thirds, all and two thirds of the ball are truth
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * hausdorffConvolutionLoss(truth, zeros([1, 7, 1]), { radii: [1] }).print(); // 0.6667: (4/3 + 2 + 4/3) / 7
 * ```
 *
 * @see D. Karimi, S. E. Salcudean: Reducing the Hausdorff distance in medical image segmentation with convolutional neural networks.
 * IEEE TMI 2020, {@link https://arxiv.org/abs/1904.10030}
 */
export function hausdorffConvolutionLoss(
  labels: Tensor,
  predictions: Tensor,
  options?: HausdorffConvolutionLossOptions,
): Tensor {
  return tidy(() => {
    const who = "hausdorffConvolutionLoss";
    const settled = readOptions(who, options, convolutionRules);
    const problem = prepare(who, labels, predictions, settled);
    const balls = { ...settled, spacing: spacingOf(problem, settled.spacing) };
    const sums = confirmedErrorSums(problem, probabilities(problem), balls);
    const taking = settled.includeBackground ? sums : withoutBackground(sums);
    return reduceClasses(who, safeDivide(taking, validVoxels(problem)) as Tensor2D, settled);
  });
}
