import { numberWithin, type OptionRule, readOptions, refuse } from "@lossary/core-reduce";
import { Tensor } from "@tensorflow/tfjs-core";

/** The options of {@link inverseFrequencyWeights}. */
export interface InverseFrequencyWeightsOptions {
  /** How many classes there are, background included: a class may be absent from every label that is given. */
  classes: number;
  /**
   * The class index whose voxels do not count.
   * @defaultValue none
   */
  ignoreLabel?: number;
}

const integerRule: OptionRule<number | undefined> = {
  expected: "an integer",
  allows: (value) => Number.isInteger(value),
  default: undefined,
};

const weightsRules = {
  classes: { ...numberWithin(2, 2 ** 31, undefined), expected: "an integer of at least 2" },
  ignoreLabel: integerRule,
};

/**
 * Class weights that balance a data set: the rarer a class, the more it weighs.
 *
 * ```math
 * q_c = \frac{\sum_k G_k}{C\, G_c}
 * ```
 *
 * G_c is how many voxels carry label c. Every class then takes an equal part in a weighted sum over the voxels, ∑ q_c G_c / ∑ G = 1, and where
 * classes are equally frequent all weights are 1. A class that is absent gets the largest weight of those present.
 *
 * This reads the labels, so it belongs before the training, not into it; for weights of each batch see
 * {@link weightedCrossEntropyLoss} with `classWeights: "inverseFrequency"`.
 *
 * @param labels - int32 class indices of any shape: one tensor, or any number of them (a generator may dispose each after it was read)
 * @param options - see {@link InverseFrequencyWeightsOptions}; indices outside [0, classes) do not count
 * @returns one weight a class, to be given as `classWeights`
 * @throws Error for labels that are not int32, and for options that do not fit
 *
 * @example
 * ```ts
 * import { inverseFrequencyWeights } from "@lossary/losses-distribution";
 * import { tensor2d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[0, 0, 0, 1]], [1, 4], "int32");
 * console.log(await inverseFrequencyWeights(truth, { classes: 2 })); // [ 0.6666666666666666, 2 ]
 * ```
 *
 * @see {@link weightedCrossEntropyLoss}
 */
export async function inverseFrequencyWeights(
  labels: Tensor | Iterable<Tensor>,
  options: InverseFrequencyWeightsOptions,
): Promise<number[]> {
  const who = "inverseFrequencyWeights";
  const { classes, ignoreLabel } = readOptions(who, options, weightsRules);
  if (classes === undefined || !Number.isInteger(classes)) refuse(who, "classes", "an integer of at least 2", classes);
  if (!(labels instanceof Tensor) && typeof labels?.[Symbol.iterator] !== "function") {
    refuse(who, "labels", "int32 class indices, one tensor or several", labels);
  }
  const counts = new Array<number>(classes).fill(0);
  for (const one of labels instanceof Tensor ? [labels] : labels) {
    if (!(one instanceof Tensor) || one.dtype !== "int32") refuse(who, "labels", "int32 class indices", one);
    for (const label of await one.data()) {
      if (label !== ignoreLabel && label in counts) counts[label] = (counts[label] as number) + 1;
    }
  }
  return weightsOfCounts(counts);
}

function weightsOfCounts(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const weights = counts.map((count) => (count > 0 ? total / (counts.length * count) : 0));
  const largest = total > 0 ? Math.max(...weights) : 1;
  return weights.map((weight) => weight || largest);
}
