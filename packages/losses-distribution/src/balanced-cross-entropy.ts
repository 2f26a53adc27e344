import {
  classCoefficients,
  crossEntropyTerms,
  type DistributionOptions,
  detached,
  distributionRules,
  labelledSums,
  type OptionRule,
  type Problem,
  prepare,
  readOptions,
  reduceVoxels,
  refuseSoftSmoothing,
  safeDivide,
  validVoxels,
  voxelNormalizer,
} from "@lossary/core-reduce";
import { clipByValue, mul, scalar, sub, type Tensor, tidy } from "@tensorflow/tfjs-core";

/** The options of {@link balancedCrossEntropyLoss}. */
export interface BalancedCrossEntropyLossOptions extends DistributionOptions {
  /**
   * The share of the positives in the weight, from 0 to 1; `"auto"` is the share of negatives in the target of each sample and class.
   * @defaultValue `"auto"`
   */
  beta?: number | "auto";
  /**
   * Between which numbers an automatic `beta` stays.
   * @defaultValue `[0.01, 0.99]`
   */
  betaRange?: readonly [number, number];
}

const betaRule: OptionRule<number | "auto"> = {
  expected: 'a number from 0 to 1, or "auto"',
  allows: (value) => value === "auto" || (typeof value === "number" && value >= 0 && value <= 1),
  default: "auto",
};

const betaRangeRule: OptionRule<readonly [number, number]> = {
  expected: "two numbers from 0 to 1, the smaller first",
  allows: (value) =>
    Array.isArray(value) && value.length === 2 && 0 <= value[0] && value[0] <= value[1] && value[1] <= 1,
  default: [0.01, 0.99],
};

const balancedCrossEntropyRules = { ...distributionRules, beta: betaRule, betaRange: betaRangeRule };

/**
 * Balanced cross entropy: in each channel, positives and negatives are weighed against each other.
 *
 * ```math
 * L = \frac{\sum_i v_i m_i}{\sum_i v_i}, \qquad
 * m_i = -\frac{1}{C} \sum_c q_c \left[ \beta\, g_{ic} \ln p_{ic} + (1 - \beta)(1 - g_{ic}) \ln(1 - p_{ic}) \right]
 * ```
 *
 * Each channel is one class against the rest, whatever the activation: with softmax too, and then `multiLabel: true` is no contradiction.
 * An automatic β is the share of negatives among the valid voxels of a sample and class, so that both sides weigh the same; it stays within
 * `betaRange`. Without that limit an image that has no positives would cost nothing, and its false positives would be free.
 *
 * Range [0, ∞); 0 exactly where every channel is right. Where every voxel is ignored the loss is 0 and so are its gradients.
 *
 * Differs from: `pos_weight` of PyTorch, whose weights are w and 1: ours with β = w / (1 + w), times 1 + w.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link BalancedCrossEntropyLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` the voxel map `[batch, ...spatial]`
 * @throws Error for `betaRange` beside a given `beta`, for `multiLabel: false`, and for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { balancedCrossEntropyLoss } from "@lossary/losses-distribution";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * balancedCrossEntropyLoss(truth, prediction).print(); // 0.1556: one voxel of four is negative, so beta is 0.25
 * ```
 *
 * @see S. Xie, Z. Tu: Holistically-nested edge detection. ICCV 2015, {@link https://arxiv.org/abs/1504.06375}
 */
export function balancedCrossEntropyLoss(
  labels: Tensor,
  predictions: Tensor,
  options?: BalancedCrossEntropyLossOptions,
): Tensor {
  return tidy(() => {
    const settled = readOptions("balancedCrossEntropyLoss", options, balancedCrossEntropyRules);
    if (settled.beta !== "auto" && options?.betaRange !== undefined) {
      throw new Error(`balancedCrossEntropyLoss: betaRange limits beta "auto" and contradicts beta ${settled.beta}`);
    }
    const problem = prepare("balancedCrossEntropyLoss", labels, predictions, settled, "independent");
    refuseSoftSmoothing(problem, settled);
    const share = classCoefficients(problem, settled);
    const beta = settled.beta === "auto" ? shareOfNegatives(problem, settled.betaRange) : scalar(settled.beta);
    const map = crossEntropyTerms(problem, {
      positive: mul(share, beta),
      negative: mul(share, sub(1, beta)),
      labelSmoothing: settled.labelSmoothing,
    });
    return reduceVoxels(map, problem, settled, () => voxelNormalizer(problem, settled));
  });
}

/** The share of negatives among the valid voxels, `[batch, classes]`. */
function shareOfNegatives(problem: Problem, [low, high]: readonly [number, number]): Tensor {
  return detached(() => {
    const valid = validVoxels(problem);
    return clipByValue(safeDivide(sub(valid, labelledSums(problem)), valid), low, high);
  });
}
