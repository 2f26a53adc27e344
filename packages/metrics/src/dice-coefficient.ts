import { add, mul, type Tensor } from "@tensorflow/tfjs-core";
import type { OverlapMetricOptions } from "./options.ts";
import { overlapMetric, ratioOf } from "./overlap-metric.ts";

/**
 * Dice coefficient of hard predictions, also called F1 score.
 *
 * ```math
 * D_c = \frac{2\,|A_c \cap B_c|}{|A_c| + |B_c|}
 * ```
 *
 * A is the truth, B the prediction: the most probable class of each voxel, or each channel above `threshold`. The mean is over the classes that
 * are in truth or prediction, then over samples; where none is, there was nothing to find and nothing was found: 1. Voxel weights count.
 *
 * Range [0, 1]; 1 is perfect. No gradient: it is a metric, train with `diceLoss`.
 *
 * Differs from: MONAI's DiceMetric, which leaves out a class that is absent from the truth even where it was predicted.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link OverlapMetricOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]` (`[1, classes]` over the batch)
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { diceCoefficient } from "@lossary/metrics";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[0, 1, 1, 1]], [1, 4], "int32");
 * const logits = tensor3d([[[2, 0], [0, 1], [0, 3], [1, 0]]]);
 * diceCoefficient(truth, logits, { includeBackground: false }).print(); // 0.8
 * ```
 *
 * @see L. R. Dice: Measures of the amount of ecologic association between species. Ecology 1945, {@link https://doi.org/10.2307/1932409}
 */
export function diceCoefficient(labels: Tensor, predictions: Tensor, options?: OverlapMetricOptions): Tensor {
  return overlapMetric(
    "diceCoefficient",
    labels,
    predictions,
    options,
    ({ intersection, falsePositives, falseNegatives }) => {
      const both = mul(2, intersection);
      return ratioOf(both, add(both, add(falsePositives, falseNegatives)));
    },
  );
}
