import { numberWithin } from "@lossary/core-reduce";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type SurfaceMetricOptions, surfaceMetricRules } from "./options.ts";
import type { SurfaceDistances } from "./surface-distances.ts";
import { type SurfaceCall, surfaceMetric, surfaceMetricAsync } from "./surface-metric.ts";

/** The options of {@link hausdorff95}. */
export interface Hausdorff95Options extends SurfaceMetricOptions {
  /**
   * Which percentile of the distances is taken, from 0 to 100; 100 is the Hausdorff distance itself.
   * @defaultValue `95`
   */
  percentile?: number;
}

const rules = { ...surfaceMetricRules, percentile: numberWithin(0, 100, 95) };

/**
 * Hausdorff distance of hard predictions at the 95th percentile, so that single stray voxels do not decide it.
 *
 * ```math
 * H_c = \max\left(\operatorname{P}_{95}\{d(a, \partial B_c) : a \in \partial A_c\},\; \operatorname{P}_{95}\{d(b, \partial A_c) : b \in \partial B_c\}\right)
 * ```
 *
 * A is the truth, B the prediction: the most probable class of each voxel, or each channel above `threshold`; a surface is made of the voxels inside
 * that have a face neighbour outside, or that touch the edge of the image. Percentiles between two distances are interpolated. The mean is over the
 * classes that are in truth or prediction, then over samples; a class that is in one of them alone is `missing` away. Where no class is in either,
 * the distance is 0.
 *
 * Range [0, ∞), in the units of `spacing`; 0 is perfect. No gradient. Reads tensors back: on WebGPU use {@link hausdorff95Async}.
 *
 * Differs from: medpy, which takes one percentile of both directions together.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link Hausdorff95Options}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { hausdorff95 } from "@lossary/metrics";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 1, 1, 1, 0, 0], [1, 6], "int32");
 * const prediction = tensor([0, 0, 1, 1, 1, 1], [1, 6, 1]);
 * hausdorff95(truth, prediction, { spacing: 2 }).print(); // 3.9
 * ```
 *
 * @see D. P. Huttenlocher et al.: Comparing images using the Hausdorff distance. PAMI 1993, {@link https://doi.org/10.1109/34.232073}
 */
export function hausdorff95(labels: Tensor, predictions: Tensor, options?: Hausdorff95Options): Tensor {
  return surfaceMetric(callOf("hausdorff95", labels, predictions, options), percentileOf(options));
}

/**
 * As {@link hausdorff95}, on backends that cannot read back at once too.
 *
 * @param labels - as for {@link hausdorff95}
 * @param predictions - as for {@link hausdorff95}
 * @param options - as for {@link hausdorff95}
 * @returns what {@link hausdorff95} returns, later
 * @throws Error (the promise is rejected) as {@link hausdorff95} does
 *
 * @example
 * ```ts
 * import { hausdorff95Async } from "@lossary/metrics";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 1, 1, 1, 0, 0], [1, 6], "int32");
 * const prediction = tensor([0, 0, 1, 1, 1, 1], [1, 6, 1]);
 * const distance = await hausdorff95Async(truth, prediction);
 * distance.print(); // 1.95
 * ```
 *
 * @see {@link hausdorff95}
 */
export async function hausdorff95Async(
  labels: Tensor,
  predictions: Tensor,
  options?: Hausdorff95Options,
): Promise<Tensor> {
  return surfaceMetricAsync(callOf("hausdorff95", labels, predictions, options), percentileOf(options));
}

function callOf(
  who: string,
  labels: Tensor,
  predictions: Tensor,
  options: Hausdorff95Options | undefined,
): SurfaceCall {
  return { who, labels, predictions, options, rules };
}

function percentileOf({ percentile = rules.percentile.default }: Hausdorff95Options = {}) {
  return ({ there, back }: SurfaceDistances) => Math.max(at(there, percentile), at(back, percentile));
}

function at(distances: Float32Array, percentile: number): number {
  const sorted = distances.slice().sort();
  const place = (percentile / 100) * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
  return low + (high - low) * (place - Math.floor(place));
}
