import { refuse } from "@lossary/core-reduce";
import { mul, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { atResolution, optionsAt } from "./at-resolution.ts";
import { checkWeights, deepSupervisionWeights } from "./deep-supervision.ts";

/**
 * Deep supervision for `model.compile`, which wants one loss an output and adds them up: each of them is the weight of its output times the loss
 * at the resolution of its output.
 *
 * ```math
 * L = \sum_k w_k\, L(\text{labels at the resolution of } k,\ \text{predictions}_k)
 * ```
 *
 * Every output gets the labels at full resolution. `model.fit` compares the shapes of labels and outputs before it trains and refuses that;
 * `model.fitDataset` does not, and takes int32 class indices as well. A model with a list of losses cannot be saved with its optimizer: give
 * `model.compile` the losses by the names of the outputs, `byOutput({ fine, coarse })` of `@lossary/core-reduce`.
 *
 * @param loss - any loss `(labels, predictions, options?)`; settle its options with `withOptions`
 * @param weights - one factor an output, finest first, or how many outputs there are, for nnU-Net's weights
 * @returns one loss an output, finest first
 * @throws Error for a loss that is no function, and for weights that are none
 *
 * @example
 * ```ts
 * import { deepSupervisionLosses, diceCrossEntropyLoss } from "@lossary/losses-compound";
 * import { tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * const [fine, coarse] = deepSupervisionLosses(diceCrossEntropyLoss, [0.75, 0.25]);
 * const truth = tensor2d([[0, 0, 1, 1]], [1, 4], "int32");
 * fine?.(truth, zeros([1, 4, 2]), { activation: "softmax" }).print(); // 0.8949
 * coarse?.(truth, zeros([1, 2, 2]), { activation: "softmax" }).print(); // 0.2983
 * ```
 *
 * @see {@link deepSupervision}, for training loops of your own
 */
export function deepSupervisionLosses<Options extends object>(
  loss: (labels: Tensor, predictions: Tensor, options?: Options) => Tensor,
  weights: number | readonly number[],
): ((labels: Tensor, predictions: Tensor, options?: Options) => Tensor)[] {
  if (typeof loss !== "function") refuse("deepSupervisionLosses", "loss", "a function", loss);
  const used = typeof weights === "number" ? deepSupervisionWeights(weights) : weights;
  checkWeights("deepSupervisionLosses", used);
  return used.map((weight) => (labels, predictions, options) => {
    const to = predictions.shape.slice(1, -1);
    const from = labels.shape.slice(1, 1 + to.length);
    const at = { who: "deepSupervisionLosses", from, to };
    return tidy(() => mul(loss(atResolution("labels", labels, at), predictions, optionsAt(options, at)), weight));
  });
}
