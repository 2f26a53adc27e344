import { add, type Tensor } from "@tensorflow/tfjs-core";
import type { OverlapMetricOptions } from "./options.ts";
import { overlapMetric, ratioOf } from "./overlap-metric.ts";

/**
 * Mean intersection over union of hard predictions, also called Jaccard index.
 *
 * ```math
 * J_c = \frac{|A_c \cap B_c|}{|A_c \cup B_c|}
 * ```
 *
 * A is the truth, B the prediction: the most probable class of each voxel, or each channel above `threshold`. The mean is over the classes that
 * are in truth or prediction, then over samples; where none is, there was nothing to find and nothing was found: 1. Voxel weights count.
 *
 * Range [0, 1]; 1 is perfect. No gradient: it is a metric, train with `iouLoss` or a Lovász loss.
 *
 * Differs from: `tf.keras.metrics.MeanIoU`, which counts over everything it has seen (`over: "batch"` does so for one batch).
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link OverlapMetricOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]` (`[1, classes]` over the batch)
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { meanIoU } from "@lossary/metrics";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[0, 1, 1, 1]], [1, 4], "int32");
 * const logits = tensor3d([[[2, 0], [0, 1], [0, 3], [1, 0]]]);
 * meanIoU(truth, logits, { reduction: "none" }).print(); // 0.5, 0.6667
 * ```
 *
 * @see P. Jaccard: The distribution of the flora in the alpine zone. New Phytologist 1912, {@link https://doi.org/10.1111/j.1469-8137.1912.tb05611.x}
 */
export function meanIoU(labels: Tensor, predictions: Tensor, options?: OverlapMetricOptions): Tensor {
  return overlapMetric("meanIoU", labels, predictions, options, ({ intersection, falsePositives, falseNegatives }) =>
    ratioOf(intersection, add(intersection, add(falsePositives, falseNegatives))),
  );
}
