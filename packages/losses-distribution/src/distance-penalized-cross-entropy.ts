import {
  type DistributionOptions,
  distributionRules,
  evenTerms,
  prepare,
  readOptions,
  reduceCrossEntropyTerms,
  refuseSoftSmoothing,
  spacing,
  spacingOf,
  tensor,
} from "@lossary/core-reduce";
import { add, type Tensor, type Tensor2D, type Tensor3D, tidy } from "@tensorflow/tfjs-core";
import { channelCrossEntropy } from "./channel-cross-entropy.ts";
import { givenField, penaltyField } from "./penalty-field.ts";

/** The options of {@link distancePenalizedCrossEntropyLoss}. */
export interface DistancePenalizedCrossEntropyLossOptions extends DistributionOptions {
  /**
   * The distance between neighbouring voxels, one number or one a spatial axis.
   * @defaultValue `1`
   */
  spacing?: number | readonly number[];
  /**
   * The penalties F made beforehand, `[batch, ...spatial]` or, as `penaltyMap` of `@lossary/distance-map` makes them,
   * `[batch, ...spatial, classes]`. Spares the distance transform in each step, and is needed where a WebGPU device refuses to measure.
   * @defaultValue made from the labels
   */
  distanceMap?: Tensor;
}

const penalizedRules = { ...distributionRules, spacing, distanceMap: tensor };

/**
 * Distance-penalized cross entropy: cross entropy that costs up to twice as much near the borders of the true regions.
 *
 * ```math
 * L = \frac{\sum_i v_i (1 + F_i)\, m_i}{\sum_i v_i}, \qquad F_i = \frac{\max_R d - d_i}{\max_R d - \min_R d}
 * ```
 *
 * m is the cross entropy of a voxel, see {@link crossEntropyLoss}. d is the distance inside the region R of the voxel's own label to the nearest
 * voxel of another, in the units of `spacing`, for each sample and region; where all distances of a region are equal, or nothing lies outside it,
 * F is 1. The mask 0 0 1 1 1 0 0 has F = 0 1 1 0 1 1 0. For independent channels each channel has its own F, from its foreground and its
 * background. Ignored voxels belong to no region and no distance ends there. F is constant for every gradient.
 *
 * Range [0, ∞); 0 exactly where the truth has probability 1.
 *
 * Differs from: SegLossOdyssey, which computes F and then returns plain cross entropy.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`; read back unless `distanceMap` is given or a graphics processor measures
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link DistancePenalizedCrossEntropyLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` the voxel map `[batch, ...spatial]`
 * @throws Error for `spacing` beside `distanceMap`, without a spatial axis to measure on, on a backend that cannot read labels back at once,
 * and for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { distancePenalizedCrossEntropyLoss } from "@lossary/losses-distribution";
 * import { fill, tensor2d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[0, 0, 1, 1, 1, 0, 0]], [1, 7], "int32");
 * const logits = fill([1, 7, 2], 0);
 * distancePenalizedCrossEntropyLoss(truth, logits, { activation: "softmax" }).print(); // 1.0892: ln 2 (1 + 4/7)
 * ```
 *
 * @see F. Caliva et al.: Distance map loss penalty term for semantic segmentation. MIDL 2019, {@link https://arxiv.org/abs/1908.03679}
 */
export function distancePenalizedCrossEntropyLoss(
  labels: Tensor,
  predictions: Tensor,
  options?: DistancePenalizedCrossEntropyLossOptions,
): Tensor {
  return tidy(() => {
    const who = "distancePenalizedCrossEntropyLoss";
    const settled = readOptions(who, options, penalizedRules);
    const problem = prepare(who, labels, predictions, settled);
    refuseSoftSmoothing(problem, settled);
    if (settled.distanceMap !== undefined && options?.spacing !== undefined) {
      throw new Error(`${who}: spacing contradicts distanceMap, whose distances are measured already`);
    }
    const field = settled.distanceMap
      ? givenField(problem, settled.distanceMap)
      : penaltyField(problem, spacingOf(problem, settled.spacing));
    const factor = tidy(() => add(field, 1));
    if (factor.rank === 3) return channelCrossEntropy(problem, factor as Tensor3D, settled);
    return reduceCrossEntropyTerms(problem, evenTerms(problem, settled), settled, factor as Tensor2D);
  });
}
