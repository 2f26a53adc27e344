import { type OptionRule, oneOf, type RatioOptions, ratioRules, rulesWithout } from "@lossary/core-reduce";

/** The options of {@link generalizedWassersteinDiceLoss}. */
export interface GeneralizedWassersteinDiceLossOptions
  extends Omit<RatioOptions, "emptyClass" | "includeBackground" | "intersection" | "normalize"> {
  /**
   * M: what it costs to take the class of the row for the class of the column, one row a class, the diagonal 0. Only the proportions count:
   * it is divided by its largest entry.
   */
  distanceMatrix: readonly (readonly number[])[];
  /**
   * How much a class weighs: every class but the background the same, or 1 / (G + 1), background included.
   * @defaultValue `"foreground"`
   */
  weighting?: "foreground" | "volume";
}

const distances: OptionRule<readonly (readonly number[])[] | undefined> = {
  expected:
    "a list of rows, one a class, of as many finite numbers of at least 0, with 0 on the diagonal and something above 0 elsewhere",
  allows: (value) =>
    Array.isArray(value) &&
    value.every((row, truth) => Array.isArray(row) && row.length === value.length && row.every(isDistance(truth))) &&
    value.flat().some((distance) => distance > 0),
  default: undefined,
};

function isDistance(truth: number) {
  return (distance: unknown, prediction: number): boolean =>
    typeof distance === "number" &&
    Number.isFinite(distance) &&
    (truth === prediction ? distance === 0 : distance >= 0);
}

/** The rules of these options. */
export const wassersteinRules = {
  ...rulesWithout(ratioRules, "emptyClass", "includeBackground", "intersection", "normalize"),
  distanceMatrix: distances,
  weighting: oneOf("foreground", "volume"),
};
