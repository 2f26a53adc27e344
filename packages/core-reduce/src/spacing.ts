import { refuse } from "./errors.ts";
import { numberAboveZero, type OptionRule } from "./option-rules.ts";
import type { Problem } from "./problem.ts";

const { allows: isSide } = numberAboveZero(1);

/** The distance between neighbouring voxels: one number, or one a spatial axis, which is checked where the axes are known. */
export const spacing: OptionRule<number | readonly number[]> = {
  expected: "a finite number above 0, or a list of such, one a spatial axis",
  allows: (value) => isSide(value) || (Array.isArray(value) && value.length > 0 && value.every(isSide)),
  default: 1,
};

/**
 * The spacing of each spatial axis of a problem, on which distances are to be measured.
 *
 * @param problem - as {@link prepare} returns it
 * @param given - the option `spacing`: one number, or one a spatial axis
 * @returns one number a spatial axis
 * @throws Error where there is no spatial axis, and for a list that has not one number for each
 *
 * @example
 * ```ts
 * import { prepare, readOptions, sharedRules, spacingOf } from "@lossary/core-reduce";
 * import { zeros } from "@tensorflow/tfjs";
 *
 * const problem = prepare("myLoss", zeros([1, 8, 6, 3]), zeros([1, 8, 6, 3]), readOptions("myLoss", {}, sharedRules));
 * console.log(spacingOf(problem, 0.5).join(" ")); // 0.5 0.5
 * ```
 */
export function spacingOf({ who, spatial }: Problem, given: number | readonly number[]): number[] {
  if (spatial.length === 0) {
    throw new Error(`${who}: predictions need a spatial axis to measure distances on, [batch, ...spatial, classes]`);
  }
  if (typeof given === "number") return spatial.map(() => given);
  if (given.length !== spatial.length) {
    refuse(who, "spacing", `a number, or ${spatial.length} numbers, one a spatial axis`, given);
  }
  return [...given];
}
