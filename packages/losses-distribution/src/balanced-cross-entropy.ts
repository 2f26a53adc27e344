import {
  type ClassSpace,
  type CrossEntropySums,
  classCoefficients,
  classSpaceOf,
  type DistributionOptions,
  detached,
  distributionRules,
  labelledSums,
  type OptionRule,
  prepare,
  readOptions,
  reduceCrossEntropy,
  reduceCrossEntropyTerms,
  refuseSoftSmoothing,
  type Settled,
  safeDivide,
  validVoxels,
} from "@lossary/core-reduce";
import { clipByValue, mul, scalar, sub, type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";

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
    const settled = readBalancedOptions("balancedCrossEntropyLoss", options);
    const problem = prepare("balancedCrossEntropyLoss", labels, predictions, settled, "independent");
    refuseSoftSmoothing(problem, settled);
    const counts = () => ({ valid: validVoxels(problem), labelled: labelledSums(problem) });
    const { labelSmoothing } = settled;
    return reduceCrossEntropyTerms(problem, { ...coefficientsOf(problem, settled, counts), labelSmoothing }, settled);
  });
}

/**
 * Balanced cross entropy from sums: of shards, patches or steps that were added up.
 *
 * ```math
 * L = \frac{1}{N\,C} \sum_c q_c \left(\beta A_c + (1 - \beta) B_c\right)
 * ```
 *
 * N is the weight of the voxels that count. An automatic β is the share of negatives in each row of the sums, so add the shards of a sample first.
 *
 * Range, corners and what it differs from: those of {@link balancedCrossEntropyLoss}.
 *
 * @param sums - sums as `crossEntropySums` returns them with `multiLabel: true`
 * @param options - see {@link BalancedCrossEntropyLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`
 * @throws Error for options that do not fit, and for `reduction: "none"`, since sums no longer know the voxels
 *
 * @example
 * ```ts
 * import { crossEntropySums } from "@lossary/core-reduce";
 * import { balancedCrossEntropyFromSums } from "@lossary/losses-distribution";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = crossEntropySums(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * balancedCrossEntropyFromSums(sums).print(); // 0.0821
 * ```
 *
 * @see {@link balancedCrossEntropyLoss}
 */
export function balancedCrossEntropyFromSums(
  sums: CrossEntropySums,
  options?: BalancedCrossEntropyLossOptions,
): Tensor {
  return tidy(() => {
    const who = "balancedCrossEntropyFromSums";
    const settled = readBalancedOptions(who, options);
    const space = classSpaceOf(who, sums, settled);
    if (!space.multiLabel) {
      throw new Error(
        `${who}: sums must be made with multiLabel: true (got sums of exclusive classes, which know no negatives)`,
      );
    }
    return reduceCrossEntropy(
      space,
      sums,
      settled,
      coefficientsOf(space, settled, () => sums),
    );
  });
}

function readBalancedOptions(who: string, options: BalancedCrossEntropyLossOptions | undefined) {
  const settled = readOptions(who, options, balancedCrossEntropyRules);
  if (settled.beta !== "auto" && options?.betaRange !== undefined) {
    throw new Error(`${who}: betaRange limits beta "auto" and contradicts beta ${settled.beta}`);
  }
  return settled;
}

/** What positives and negatives cost, `[1 or batch, classes]`. */
function coefficientsOf(
  space: ClassSpace,
  settled: Settled<typeof balancedCrossEntropyRules>,
  counts: () => Counts,
): { positive: Tensor2D; negative: Tensor2D } {
  const share = classCoefficients(space, settled);
  const beta = settled.beta === "auto" ? shareOfNegatives(counts(), settled.betaRange) : scalar(settled.beta);
  return { positive: mul(share, beta), negative: mul(share, sub(1, beta)) };
}

type Counts = Pick<CrossEntropySums, "labelled" | "valid">;

/** The share of negatives among the valid voxels, `[batch, classes]`. */
function shareOfNegatives({ valid, labelled }: Counts, [low, high]: readonly [number, number]): Tensor {
  return detached(() => clipByValue(safeDivide(sub(valid, labelled), valid), low, high));
}
