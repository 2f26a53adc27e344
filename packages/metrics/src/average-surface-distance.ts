import type { Tensor } from "@tensorflow/tfjs-core";
import { surfaceMetricRules as rules, type SurfaceMetricOptions } from "./options.ts";
import type { SurfaceDistances } from "./surface-distances.ts";
import { surfaceMetric, surfaceMetricAsync } from "./surface-metric.ts";

/**
 * Average symmetric surface distance of hard predictions.
 *
 * ```math
 * S_c = \frac{\sum_{a \in \partial A_c} d(a, \partial B_c) + \sum_{b \in \partial B_c} d(b, \partial A_c)}{|\partial A_c| + |\partial B_c|}
 * ```
 *
 * A is the truth, B the prediction: the most probable class of each voxel, or each channel above `threshold`; a surface is made of the voxels inside
 * that have a face neighbour outside, or that touch the edge of the image. The mean is over the classes that are in truth or prediction, then over
 * samples; a class that is in one of them alone is `missing` away. Where no class is in either, the distance is 0.
 *
 * Range [0, ∞), in the units of `spacing`; 0 is perfect. No gradient. Reads tensors back: on WebGPU use {@link averageSurfaceDistanceAsync}.
 *
 * Differs from: medpy's assd, the mean of the two means, in which a voxel of the smaller surface counts more; MONAI's default, which looks in one
 * direction alone.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link SurfaceMetricOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { averageSurfaceDistance } from "@lossary/metrics";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 1, 1, 1, 0, 0], [1, 6], "int32");
 * const prediction = tensor([0, 0, 1, 1, 1, 1], [1, 6, 1]);
 * averageSurfaceDistance(truth, prediction, { spacing: 2 }).print(); // 2.5
 * ```
 *
 * @see T. Heimann et al.: Comparison and evaluation of methods for liver segmentation. TMI 2009, {@link https://doi.org/10.1109/TMI.2009.2013851}
 */
export function averageSurfaceDistance(labels: Tensor, predictions: Tensor, options?: SurfaceMetricOptions): Tensor {
  return surfaceMetric({ who: "averageSurfaceDistance", labels, predictions, options, rules }, average);
}

/**
 * As {@link averageSurfaceDistance}, on backends that cannot read back at once too.
 *
 * @param labels - as for {@link averageSurfaceDistance}
 * @param predictions - as for {@link averageSurfaceDistance}
 * @param options - as for {@link averageSurfaceDistance}
 * @returns what {@link averageSurfaceDistance} returns, later
 * @throws Error (the promise is rejected) as {@link averageSurfaceDistance} does
 *
 * @example
 * ```ts
 * import { averageSurfaceDistanceAsync } from "@lossary/metrics";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 1, 1, 1, 0, 0], [1, 6], "int32");
 * const prediction = tensor([0, 0, 1, 1, 1, 1], [1, 6, 1]);
 * const distance = await averageSurfaceDistanceAsync(truth, prediction);
 * distance.print(); // 1
 * ```
 *
 * @see {@link averageSurfaceDistance}
 */
export async function averageSurfaceDistanceAsync(
  labels: Tensor,
  predictions: Tensor,
  options?: SurfaceMetricOptions,
): Promise<Tensor> {
  return surfaceMetricAsync({ who: "averageSurfaceDistance", labels, predictions, options, rules }, average);
}

function average({ there, back }: SurfaceDistances): number {
  const sum = (distances: Float32Array) => distances.reduce((total, distance) => total + distance, 0);
  return (sum(there) + sum(back)) / (there.length + back.length);
}
