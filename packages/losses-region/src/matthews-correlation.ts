import { prepare, readOptions, reduceRatio } from "@lossary/core-reduce";
import { add, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { type Contingency, contingencyOf, type MatthewsCorrelationLossOptions, matthewsRules } from "./contingency.ts";
import { oneMinusCorrelation } from "./one-minus-correlation.ts";

/**
 * Matthews correlation loss: one minus the correlation of prediction and truth, which counts the true negatives too.
 *
 * ```math
 * L = 1 - \frac{T\!P\; T\!N - F\!P\; F\!N}{\sqrt{(T\!P + F\!P)(T\!P + F\!N)(T\!N + F\!P)(T\!N + F\!N)}}
 * ```
 *
 * TP = I + s, FP = P - I, FN = G - I and TN = N - P - G + I + s in the overlap sums of {@link diceLoss}, N the weight of all voxels. Dice and its
 * relatives look at one side only; this one is the same when foreground and background are exchanged, and punishes both at any balance.
 *
 * `smooth`, s, is added to both true counts: a perfect prediction of an empty target costs 0, and false positives there cost nearly 1.
 *
 * Range [0, 2]: 0 at the perfect prediction, 1 where prediction and truth have nothing to do with each other, 2 where one is the opposite of
 * the other. With s = 0 an empty or full side has no correlation, and costs 0 with the gradient 0.
 *
 * Differs from: segmentation_models.pytorch, which adds 1e-5 to all four counts, so that a perfect prediction costs something and an empty
 * target costs 1 whatever is predicted.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link MatthewsCorrelationLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { matthewsCorrelationLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * matthewsCorrelationLoss(truth, prediction).print(); // 0.6536
 * ```
 *
 * @see K. Abhishek, G. Hamarneh: Matthews correlation coefficient loss for deep convolutional networks: application to skin lesion
 * segmentation. ISBI 2021, {@link https://arxiv.org/abs/2010.13454}
 */
export function matthewsCorrelationLoss(
  labels: Tensor,
  predictions: Tensor,
  options?: MatthewsCorrelationLossOptions,
): Tensor {
  return tidy(() => {
    const settled = readOptions("matthewsCorrelationLoss", options, matthewsRules);
    const table = contingencyOf(prepare("matthewsCorrelationLoss", labels, predictions, settled), settled);
    return reduceRatio("matthewsCorrelationLoss", table, settled, matthewsCorrelation(settled.smooth));
  });
}

/**
 * Matthews correlation loss from a contingency table: of shards, patches or steps that were added up.
 *
 * ```math
 * L = 1 - \frac{T\!P\; T\!N - F\!P\; F\!N}{\sqrt{(T\!P + F\!P)(T\!P + F\!N)(T\!N + F\!P)(T\!N + F\!N)}}
 * ```
 *
 * Range, corners and what it differs from: those of {@link matthewsCorrelationLoss}.
 *
 * @param table - sums as {@link contingency} returns them
 * @param options - see {@link MatthewsCorrelationLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { contingency, matthewsCorrelationFromContingency } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const table = contingency(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * matthewsCorrelationFromContingency(table).print(); // 0.2965
 * ```
 *
 * @see {@link matthewsCorrelationLoss}
 */
export function matthewsCorrelationFromContingency(
  table: Contingency,
  options?: MatthewsCorrelationLossOptions,
): Tensor {
  return tidy(() => {
    const settled = readOptions("matthewsCorrelationFromContingency", options, matthewsRules);
    return reduceRatio("matthewsCorrelationFromContingency", table, settled, matthewsCorrelation(settled.smooth));
  });
}

function matthewsCorrelation(smooth: number) {
  return ({ intersection, trueNegatives, falsePositives, falseNegatives }: Contingency): Tensor =>
    oneMinusCorrelation(add(intersection, smooth), add(trueNegatives, smooth), falsePositives, falseNegatives);
}
