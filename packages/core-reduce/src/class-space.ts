import type { CrossEntropySums } from "./cross-entropy-sums.ts";
import { refuse } from "./errors.ts";
import type { SettledShared } from "./options.ts";

/** How the classes of a problem stand to each other, which sums know as well. */
export interface ClassSpace {
  /** The function whose name errors carry. */
  readonly who: string;
  /** How many there are. */
  readonly classes: number;
  /** Whether they are channels, independent of each other. */
  readonly multiLabel: boolean;
}

/**
 * What sums of cross entropy say of their classes, checked against the options of the equation behind them.
 *
 * @param who - the function whose name errors carry
 * @param sums - as {@link crossEntropySums} returns them
 * @param options - the options of the equation after reading
 * @returns how many classes there are, and whether they are independent channels
 * @throws Error where the options say otherwise than the sums
 *
 * @example
 * ```ts
 * import { classSpaceOf, crossEntropySums, distributionRules, readOptions } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, distributionRules);
 *
 * console.log(classSpaceOf("myLoss", crossEntropySums(truth, prediction), options).multiLabel); // true
 * ```
 */
export function classSpaceOf(
  who: string,
  { positives, negatives }: CrossEntropySums,
  options: Pick<SettledShared, "classWeights" | "includeBackground" | "multiLabel">,
): ClassSpace {
  const classes = positives.shape[1];
  const multiLabel = negatives !== undefined;
  if (options.multiLabel !== undefined && options.multiLabel !== multiLabel) {
    const made = multiLabel ? "independent channels" : "exclusive classes";
    throw new Error(`${who}: multiLabel: ${options.multiLabel} contradicts the sums, which were made of ${made}`);
  }
  if (options.classWeights !== undefined && options.classWeights.length !== classes) {
    refuse(who, "classWeights", `${classes} numbers, one a class, background included`, options.classWeights);
  }
  if (!options.includeBackground && classes === 1) {
    throw new Error(`${who}: includeBackground: false leaves no class of sums with 1 class`);
  }
  return { who, classes, multiLabel };
}
