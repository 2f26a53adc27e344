import {
  classCoefficients,
  distributionRules,
  guardedPower,
  logOnePlus,
  nonNegativeNumbers,
  numberAboveZero,
  numberWithin,
  type OptionRule,
  type Overlap,
  overlapAndCrossEntropySums,
  prepare,
  type RatioOptions,
  ratioRules,
  readOptions,
  reduceCrossEntropy,
  reduceRatio,
  refuse,
  type Smoothing,
  safeDivide,
} from "@lossary/core-reduce";
import { add, maximum, mul, type Tensor } from "@tensorflow/tfjs-core";
import { rootOfRarity } from "./class-rarity.ts";
import { type CompoundResult, compoundRules, weigh } from "./compound.ts";

/** The options of {@link exponentialLogarithmicLoss}. */
export interface ExponentialLogarithmicLossOptions extends Omit<RatioOptions, "classWeights"> {
  /**
   * Weight of the Dice part.
   * @defaultValue `0.8`
   */
  diceWeight?: number;
  /**
   * Weight of the cross-entropy part.
   * @defaultValue `0.2`
   */
  crossEntropyWeight?: number;
  /**
   * Exponent of the Dice part, above 0.
   * @defaultValue `0.3`
   */
  gammaDice?: number;
  /**
   * Exponent of the cross-entropy part, above 0.
   * @defaultValue `0.3`
   */
  gammaCrossEntropy?: number;
  /**
   * What each class weighs in the cross-entropy part: numbers, or `"batch"` for the root of the inverse frequency of its label in the batch.
   * @defaultValue `"batch"`
   */
  classWeights?: readonly number[] | "batch";
  /**
   * Sets `smoothNumerator` and `smoothDenominator` together.
   * @defaultValue `1`
   */
  smooth?: number;
  /**
   * Share of the target that is spread evenly in the cross-entropy part; hard targets only.
   * @defaultValue `0`
   */
  labelSmoothing?: number;
  /**
   * Whether to return a record with the total and the unweighted value of each part instead of the total alone.
   * @defaultValue `false`
   */
  components?: boolean;
}

const classWeightsRule: OptionRule<readonly number[] | "batch"> = {
  expected: `${nonNegativeNumbers.expected}, or "batch"`,
  allows: (value) => value === "batch" || nonNegativeNumbers.allows(value),
  default: "batch",
};

const rules = {
  ...distributionRules,
  ...ratioRules,
  components: compoundRules.components,
  diceWeight: numberWithin(0, Number.POSITIVE_INFINITY, 0.8),
  crossEntropyWeight: numberWithin(0, Number.POSITIVE_INFINITY, 0.2),
  gammaDice: numberAboveZero(0.3),
  gammaCrossEntropy: numberAboveZero(0.3),
  classWeights: classWeightsRule,
  smooth: numberWithin(0, Number.POSITIVE_INFINITY, 1),
};

/**
 * Exponential logarithmic loss: the logarithm of Dice and of each voxel's probability, both raised to a power below 1, so that hard classes
 * and hard voxels take over as the easy ones improve.
 *
 * ```math
 * L = w_D\, \operatorname{E}_c\!\left[(-\ln \text{Dice}_c)^{\gamma_D}\right]
 *   + w_X\, \operatorname{E}_i\!\left[q_l\, (-\ln p_{il})^{\gamma_X}\right], \qquad q_c = \sqrt{\frac{\sum_k G_k}{G_c}}
 * ```
 *
 * l is the label of voxel i. Dice is formed and raised per class, then averaged; the class weights act on the second part alone. With
 * `classWeights: "batch"` they come from the labels of the batch; an absent class gets the largest of them. A soft target sums
 * q_c g_c (-ln p_c)^γ over the classes, independent channels take both sides of each. Powers below 1 have gradient 0 where the loss is 0.
 *
 * Range [0, ∞); 0 at the perfect prediction.
 *
 * Differs from: SegLossOdyssey, which takes the logarithm after the mean over classes and leaves the exponent of the cross entropy out.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link ExponentialLogarithmicLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`; with `components: true` a record of `dice`, `crossEntropy` (unweighted) and `total`
 * @throws Error naming the argument, what was expected and what came; also for `reduction: "none"`, since a voxel map and a table of classes do not add
 *
 * @example
 * ```ts
 * import { exponentialLogarithmicLoss } from "@lossary/losses-compound";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[0, 1], [1, 0], [0, 1], [0, 1]]]);
 * const prediction = tensor3d([[[0.1, 0.9], [0.8, 0.2], [0.4, 0.6], [0.7, 0.3]]]);
 * exponentialLogarithmicLoss(truth, prediction).print(); // 0.7809
 * ```
 *
 * @see K. C. L. Wong et al.: 3D segmentation with exponential logarithmic loss. MICCAI 2018, {@link https://arxiv.org/abs/1809.00076}
 */
export function exponentialLogarithmicLoss<
  Options extends ExponentialLogarithmicLossOptions = ExponentialLogarithmicLossOptions,
>(labels: Tensor, predictions: Tensor, options?: Options): CompoundResult<Options, "dice" | "crossEntropy"> {
  const who = "exponentialLogarithmicLoss";
  const settled = readOptions(who, options, rules);
  if (settled.reduction === "none") {
    refuse(who, "reduction", '"mean", "sum" or "sample"; a table of classes and a map of voxels do not add', "none");
  }
  return weigh(who, options, () => {
    const given = settled.classWeights === "batch" ? undefined : settled.classWeights;
    const problem = prepare(who, labels, predictions, { ...settled, classWeights: given });
    // one pass over the voxels gives the sums of both parts
    const { labelSmoothing, gammaCrossEntropy: power } = settled;
    const sums = overlapAndCrossEntropySums(problem, settled, { gamma: 0, power, labelSmoothing });
    const inDice = { ...settled, classWeights: undefined };
    const dice = reduceRatio(who, sums.overlap, inDice, (overlap, smoothing) =>
      guardedPower(minusLogDice(overlap, smoothing), settled.gammaDice),
    );
    const weighting = { ...settled, classWeights: given ?? rootOfRarity(sums.crossEntropy.labelled) };
    const positive = classCoefficients(problem, weighting);
    const coefficients = { positive, negative: problem.multiLabel ? positive : undefined };
    const crossEntropy = reduceCrossEntropy(problem, sums.crossEntropy, weighting, coefficients);
    return [
      { name: "dice", weight: settled.diceWeight, value: dice },
      { name: "crossEntropy", weight: settled.crossEntropyWeight, value: crossEntropy },
    ];
  });
}

/** -ln Dice = ln (1 + (FP + FN + sD - sN) / (2I + sN)), which keeps its digits where Dice is near 1. */
function minusLogDice(
  { intersection, falsePositives, falseNegatives }: Overlap,
  { smoothNumerator, smoothDenominator }: Smoothing,
): Tensor {
  const errors = add(add(falsePositives, falseNegatives), smoothDenominator - smoothNumerator);
  const right = add(mul(2, intersection), smoothNumerator);
  return logOnePlus(safeDivide(maximum(errors, 0), maximum(right, 1e-7)));
}
