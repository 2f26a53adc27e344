import { refuse } from "./errors.ts";
import { numberAboveZero, type OptionRule } from "./options.ts";
import type { Problem } from "./problem.ts";

const { allows: isSide } = numberAboveZero(1);

/** The distance between neighbouring voxels: one number, or one a spatial axis, which is checked where the axes are known. */
export const spacing: OptionRule<number | readonly number[]> = {
  expected: "a finite number above 0, or a list of such, one a spatial axis",
  allows: (value) => isSide(value) || (Array.isArray(value) && value.length > 0 && value.every(isSide)),
  default: 1,
};

/** The spacing of each spatial axis of a problem, on which distances are to be measured. */
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
