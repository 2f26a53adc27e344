import {
  type DistributionOptions,
  distributionRules,
  evenTerms,
  nonNegativeNumbers,
  type OptionRule,
  type Problem,
  prepare,
  readOptions,
  reduceCrossEntropyTerms,
  refuse,
  refuseSoftSmoothing,
} from "@lossary/core-reduce";
import { type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";
import { inverseFrequencies } from "./inverse-frequencies.ts";

/** The options of {@link weightedCrossEntropyLoss}. */
export interface WeightedCrossEntropyLossOptions extends Omit<DistributionOptions, "classWeights"> {
  /** One non-negative factor a class, background included; or `"inverseFrequency"`, which takes them from the labels of the batch. */
  classWeights: readonly number[] | "inverseFrequency";
}

type ClassWeights = WeightedCrossEntropyLossOptions["classWeights"] | undefined;

const expected = `${nonNegativeNumbers.expected}, or "inverseFrequency"`;

const classWeightsRule: OptionRule<ClassWeights> = {
  expected,
  allows: (value) => value === "inverseFrequency" || nonNegativeNumbers.allows(value),
  default: undefined,
};

const weightedCrossEntropyRules = { ...distributionRules, classWeights: classWeightsRule };

/**
 * Weighted cross entropy: cross entropy in which each class costs as much as its weight says, against class imbalance.
 *
 * ```math
 * L = \frac{\sum_i v_i m_i}{\sum_i v_i}, \qquad m_i = -\sum_c q_c\, g_{ic} \ln p_{ic}
 * ```
 *
 * It is `crossEntropyLoss` whose `classWeights` cannot be forgotten; for independent channels q_c multiplies both sides of channel c.
 * With `classWeights: "inverseFrequency"` they are q_c = ∑_k G_k / (C G_c), where G_c is how much of the batch's target class c has, ignored
 * voxels left out. A class that is absent gets the largest weight of those present: a batch must not turn a rare class off, nor
 * infinitely on. These weights change from batch to batch; {@link inverseFrequencyWeights} makes constant ones from a whole data set.
 *
 * The mean divides by the voxels, as the survey of segmentation losses does; `normalize: "weights"` divides by ∑ v q of the labels, as PyTorch does.
 *
 * Range [0, ∞); 0 exactly where the truth has probability 1.
 *
 * Differs from: PyTorch, whose mean with integer targets is ours with `normalize: "weights"`, and with probability targets ours without.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link WeightedCrossEntropyLossOptions}; `classWeights` is required
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` the voxel map `[batch, ...spatial]`
 * @throws Error without `classWeights`, for `"inverseFrequency"` of one class (it is always 1), and for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { weightedCrossEntropyLoss } from "@lossary/losses-distribution";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[0, 0, 0, 1]], [1, 4], "int32");
 * const logits = tensor3d([[[2, 0], [2, 0], [2, 0], [1, 0]]]);
 * const classWeights = [0.5, 2];
 * weightedCrossEntropyLoss(truth, logits, { activation: "softmax", classWeights }).print(); // 0.7042
 * ```
 *
 * @see O. Ronneberger, P. Fischer, T. Brox: U-Net. MICCAI 2015, {@link https://arxiv.org/abs/1505.04597}
 */
export function weightedCrossEntropyLoss(
  labels: Tensor,
  predictions: Tensor,
  options: WeightedCrossEntropyLossOptions,
): Tensor {
  return tidy(() => {
    const who = "weightedCrossEntropyLoss";
    const { classWeights, ...settled } = readOptions(who, options, weightedCrossEntropyRules);
    if (classWeights === undefined) return refuse(who, "classWeights", expected, undefined);
    const numbers = classWeights === "inverseFrequency" ? undefined : classWeights;
    const problem = prepare(who, labels, predictions, { ...settled, classWeights: numbers });
    const weighting = { ...settled, classWeights: numbers ?? weightsOfBatch(problem) };
    refuseSoftSmoothing(problem, settled);
    return reduceCrossEntropyTerms(problem, evenTerms(problem, weighting), weighting);
  });
}

function weightsOfBatch(problem: Problem): Tensor2D {
  if (problem.classes === 1) {
    throw new Error(
      `${problem.who}: classWeights "inverseFrequency" of 1 class is always 1; use balancedCrossEntropyLoss, which weighs positives against negatives`,
    );
  }
  return inverseFrequencies(problem);
}
