import { Tensor } from "@tensorflow/tfjs-core";
import { refuse, show } from "./errors.ts";
import {
  flag,
  integer,
  nonNegativeNumbers,
  numberWithin,
  type OptionRule,
  type OptionRules,
  oneOf,
  tensor,
} from "./option-rules.ts";

/** The options of `Rules` after reading: every one is there. */
export type Settled<Rules extends OptionRules> = {
  readonly [Name in keyof Rules]: Rules[Name] extends OptionRule<infer Value> ? Value : never;
};

/**
 * Checks the options that a caller gave against the rules and fills in the defaults.
 *
 * @param who - the function whose name an error carries
 * @param given - the caller's options, or `undefined`
 * @param rules - one rule an option; anything else is refused
 * @returns every option of the rules, given or default
 * @throws Error for an option without a rule, and for a value that its rule does not allow
 *
 * @example
 * ```ts
 * import { numberWithin, readOptions, sharedRules } from "@lossary/core-reduce";
 *
 * const rules = { ...sharedRules, gamma: numberWithin(0, 10, 2) };
 * const { gamma, reduction } = readOptions("myLoss", { reduction: "sum" }, rules);
 * console.log(reduction, gamma); // sum 2
 * ```
 */
export function readOptions<Rules extends OptionRules>(
  who: string,
  given: object | undefined,
  rules: Rules,
): Settled<Rules> {
  if (
    given !== undefined &&
    (typeof given !== "object" || given === null || given instanceof Tensor || Array.isArray(given))
  ) {
    refuse(who, "options", "an object of named options", given);
  }
  const values = { ...(given ?? {}) } as Record<string, unknown>;
  for (const [name, value] of Object.entries(values)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      throw new Error(
        `${who}: there is no option ${show(name)}; the options are ${Object.keys(rules).sort().join(", ")}`,
      );
    }
    if (value !== undefined && !rule.allows(value)) refuse(who, name, rule.expected, value);
  }
  const settled = Object.entries(rules).map(([name, rule]) => [name, values[name] ?? rule.default]);
  return Object.fromEntries(settled) as Settled<Rules>;
}

/** The rules of the options that every loss takes. */
export const sharedRules = {
  activation: oneOf("none", "softmax", "sigmoid"),
  multiLabel: flag(undefined),
  reduction: oneOf("mean", "sum", "sample", "none"),
  classWeights: nonNegativeNumbers,
  normalize: oneOf("count", "weights"),
  includeBackground: flag(true),
  ignoreLabel: integer,
  weights: tensor,
  fused: flag(true),
} satisfies OptionRules;

/** The rules of the options that every ratio of overlap sums takes. */
export const ratioRules = {
  ...sharedRules,
  smooth: numberWithin(0, Number.POSITIVE_INFINITY, 1e-5),
  smoothNumerator: numberWithin(0, Number.POSITIVE_INFINITY, undefined),
  smoothDenominator: numberWithin(0, Number.POSITIVE_INFINITY, undefined),
  over: oneOf("sample", "batch"),
  emptyClass: oneOf("smooth", "skip", "penalize"),
  intersection: oneOf("semimetric", "product"),
} satisfies OptionRules;

/** The rules of the options that every cross-entropy loss takes. */
export const distributionRules = {
  ...sharedRules,
  labelSmoothing: numberWithin(0, 1, 0),
} satisfies OptionRules;

/** The shared options after reading. */
export type SettledShared = Settled<typeof sharedRules>;

/** The options of a ratio loss after reading. */
export type SettledRatio = Settled<typeof ratioRules>;

/** The options of a distribution loss after reading. */
export type SettledDistribution = Settled<typeof distributionRules>;

/**
 * The two smoothing constants of a ratio: each alone, or both from `smooth`.
 *
 * @param options - the options of a ratio after reading
 * @returns what is added to the numerator and to the denominator
 *
 * @example
 * ```ts
 * import { smoothing } from "@lossary/core-reduce";
 *
 * console.log(smoothing({ smooth: 1, smoothDenominator: 2 })); // { smoothNumerator: 1, smoothDenominator: 2 }
 * ```
 */
export function smoothing(options: {
  readonly smooth: number;
  readonly smoothNumerator?: number | undefined;
  readonly smoothDenominator?: number | undefined;
}) {
  return {
    smoothNumerator: options.smoothNumerator ?? options.smooth,
    smoothDenominator: options.smoothDenominator ?? options.smooth,
  };
}
