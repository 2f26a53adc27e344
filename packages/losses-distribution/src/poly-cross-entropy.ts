import {
  type DistributionOptions,
  distributionRules,
  evenTerms,
  numberWithin,
  prepare,
  readOptions,
  reducePolyCrossEntropyTerms,
  refuseSoftSmoothing,
} from "@lossary/core-reduce";
import { type Tensor, tidy } from "@tensorflow/tfjs-core";

/** The options of {@link polyCrossEntropyLoss}. */
export interface PolyCrossEntropyLossOptions extends DistributionOptions {
  /**
   * What is added to the first coefficient of the polynomial, at least -1; 0 is cross entropy.
   * @defaultValue `1`
   */
  epsilon?: number;
}

const polyCrossEntropyRules = { ...distributionRules, epsilon: numberWithin(-1, Number.POSITIVE_INFINITY, 1) };

/**
 * Poly-1 cross entropy: cross entropy with another weight on its first, linear, polynomial term.
 *
 * ```math
 * m_i = \sum_c q_c\, g_{ic} \left[ -\ln p_{ic} + \varepsilon (1 - p_{ic}) \right]
 * ```
 *
 * As a series, -ln p = (1 - p) + (1 - p)²/2 + …: ε adds to the coefficient of the first term, the one that still pulls where the prediction is
 * nearly right. For independent channels (`multiLabel`) the mean over channels of both sides, with p and g replaced by 1 - p and 1 - g
 * for the negatives. The loss is the mean of m over valid voxels; ε = 0 is {@link crossEntropyLoss} exactly.
 *
 * Range [0, ∞); 0 exactly where the truth has probability 1. Below ε = -1 it would be negative near the truth, so that is refused.
 *
 * Differs from: nothing known; the paper's code has the exclusive form alone.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link PolyCrossEntropyLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` the voxel map `[batch, ...spatial]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { polyCrossEntropyLoss } from "@lossary/losses-distribution";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * polyCrossEntropyLoss(truth, prediction).print(); // 0.8608: cross entropy .5108 and the mean error .35
 * ```
 *
 * @see Z. Leng et al.: PolyLoss. ICLR 2022, {@link https://arxiv.org/abs/2204.12511}
 */
export function polyCrossEntropyLoss(
  labels: Tensor,
  predictions: Tensor,
  options?: PolyCrossEntropyLossOptions,
): Tensor {
  return tidy(() => {
    const settled = readOptions("polyCrossEntropyLoss", options, polyCrossEntropyRules);
    const problem = prepare("polyCrossEntropyLoss", labels, predictions, settled);
    refuseSoftSmoothing(problem, settled);
    return reducePolyCrossEntropyTerms(problem, evenTerms(problem, settled), settled.epsilon, settled);
  });
}
