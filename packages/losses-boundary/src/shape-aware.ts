import {
  type DistributionOptions,
  detached,
  distributionRules,
  evenTerms,
  numberWithin,
  oneOf,
  prepare,
  readOptions,
  reduceCrossEntropyTerms,
  refuseSoftSmoothing,
  spacing,
  tensor,
} from "@lossary/core-reduce";
import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { misclassificationFactor } from "./misclassification-factor.ts";

/**
 * The options of {@link shapeAwareLoss}. `distanceMap` holds each voxel's distance to the true contour of each class, as `contourDistanceMap` makes it.
 */
export interface ShapeAwareLossOptions extends DistributionOptions {
  /**
   * λ, what the distance between the contours adds to the cost of a misclassified voxel.
   * @defaultValue `1`
   */
  distanceWeight?: number;
  /**
   * The unit of the distance between the contours: that of `spacing`, or the diagonal of the image, which keeps it below 1.
   * @defaultValue `"spacing"`
   */
  distanceUnit?: "spacing" | "diagonal";
  /**
   * The distance between neighbouring voxels, one number or one a spatial axis.
   * @defaultValue `1`
   */
  spacing?: number | readonly number[];
  /**
   * The distances to the true contours made beforehand, `[batch, ...spatial, classes]`. Spares the distance transform in each step, and is needed
   * where a WebGPU device refuses to measure.
   * @defaultValue made from the labels, which are read back for it but on a graphics processor
   */
  distanceMap?: Tensor;
}

const shapeAwareRules = {
  ...distributionRules,
  distanceWeight: numberWithin(0, Number.POSITIVE_INFINITY, 1),
  distanceUnit: oneOf("spacing", "diagonal"),
  spacing,
  distanceMap: tensor,
};

/**
 * Shape-aware loss: cross entropy in which a misclassified voxel costs the more, the further the predicted contour is from the true one.
 *
 * ```math
 * L = \frac{\sum_i v_i \left(1 + \lambda E\, [\hat c_i \ne c_i]\right) m_i}{\sum_i v_i}
 * ```
 *
 * m is the cross entropy of a voxel. E belongs to a sample: for each class with a contour, the mean distance from the voxels of its predicted to
 * the true contour, in the units of `spacing`; averaged over those classes. A contour are the voxels of a class with a face neighbour outside it.
 * Where a class has only one of both contours, and where no class has any, the diagonal of the image stands for the distance; where nothing is
 * misclassified E is 0. Classes are decided by the largest probability, channels by 1/2. Ignored voxels have no part in any of it. E and the
 * decision are constant for every gradient.
 *
 * Range [0, ∞); 0 exactly where the truth has probability 1.
 *
 * Differs from: no other implementation that its numbers were compared with.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`; their contours are read back unless `distanceMap` is given or a graphics processor measures
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link ShapeAwareLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` the voxel map `[batch, ...spatial]`
 * @throws Error without a spatial axis to measure on, on a backend that cannot read labels back at once, and for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { shapeAwareLoss } from "@lossary/losses-boundary";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * // two misclassified voxels, E = 1: each costs 2 ln 5 instead of ln 5, the five others -ln 0.8 each
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const prediction = tensor([0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.2], [1, 7, 1]);
 * shapeAwareLoss(truth, prediction).print(); // 1.0791
 * ```
 *
 * @see S. M. M. R. Al Arif, K. Knapp, G. Slabaugh: Shape-aware deep convolutional neural network for vertebrae segmentation. MSKI 2017,
 * {@link https://doi.org/10.1007/978-3-319-74113-0_2}
 */
export function shapeAwareLoss(labels: Tensor, predictions: Tensor, options?: ShapeAwareLossOptions): Tensor {
  return tidy(() => {
    const who = "shapeAwareLoss";
    const settled = readOptions(who, options, shapeAwareRules);
    // the diagonal, which stands for the distance to a contour that is not there, is measured with a map, too
    const problem = prepare(who, labels, predictions, settled);
    refuseSoftSmoothing(problem, settled);
    const factor = detached(() => misclassificationFactor(problem, settled));
    return reduceCrossEntropyTerms(problem, evenTerms(problem, settled), settled, factor);
  });
}
