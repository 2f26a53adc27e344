import { Tensor } from "@tensorflow/tfjs-core";
import { refuse, show } from "./errors.ts";

/** How one option is checked and what it is when it is left out. */
export interface OptionRule<Value> {
  /** Words for the error message: what the option must be. */
  readonly expected: string;
  /** Whether a given value is allowed. */
  readonly allows: (value: unknown) => boolean;
  /** The value that stands when the option is absent or `undefined`. */
  readonly default: Value;
}

/** One rule for each option that a function takes. */
export type OptionRules = Record<string, OptionRule<unknown>>;

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

/** An option that is one of a few words. */
/* @__NO_SIDE_EFFECTS__ */
export function oneOf<const Word extends string>(first: Word, ...others: Word[]): OptionRule<Word> {
  const words = [first, ...others];
  return {
    expected: words.map((word) => show(word)).join(" or "),
    allows: (value) => words.includes(value as Word),
    default: first,
  };
}

/** Whether a value is a finite number, in float32 too: of 1e308 tensors make infinity. */
function isFloat(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(Math.fround(value));
}

/** A finite number within closed bounds. */
export function numberWithin(low: number, high: number, fallback: number): OptionRule<number>;
export function numberWithin(low: number, high: number, fallback: undefined): OptionRule<number | undefined>;
/* @__NO_SIDE_EFFECTS__ */
export function numberWithin(low: number, high: number, fallback: number | undefined): OptionRule<number | undefined> {
  const bounds = high === Number.POSITIVE_INFINITY ? `of at least ${low}` : `from ${low} to ${high}`;
  return {
    expected: `a finite number ${bounds}`,
    allows: (value) => isFloat(value) && value >= low && value <= high,
    default: fallback,
  };
}

/** A finite number above 0, for exponents and lengths. */
/* @__NO_SIDE_EFFECTS__ */
export function numberAboveZero(fallback: number): OptionRule<number> {
  return { expected: "a finite number above 0", allows: (value) => isFloat(value) && value > 0, default: fallback };
}

/** `true` or `false`. */
export function flag(fallback: boolean): OptionRule<boolean>;
export function flag(fallback: undefined): OptionRule<boolean | undefined>;
/* @__NO_SIDE_EFFECTS__ */
export function flag(fallback: boolean | undefined): OptionRule<boolean | undefined> {
  return { expected: "true or false", allows: (value) => typeof value === "boolean", default: fallback };
}

/** A list of finite numbers, none below 0 and not all of them 0. Its length is checked where the classes are known. */
export const nonNegativeNumbers: OptionRule<readonly number[] | undefined> = {
  expected: "a list of finite numbers, none below 0 and not all 0",
  allows: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) => isFloat(entry) && entry >= 0) &&
    value.some((entry) => entry > 0),
  default: undefined,
};

/** A tensor; its shape and dtype are checked where the predictions are known. */
export const tensor: OptionRule<Tensor | undefined> = {
  expected: "a tensor",
  allows: (value) => value instanceof Tensor,
  default: undefined,
};

const integer: OptionRule<number | undefined> = {
  expected: "an integer",
  allows: (value) => Number.isInteger(value),
  default: undefined,
};

/** The rules without those of some options, for a loss to which they mean nothing: giving one throws as any unknown option does. */
/* @__NO_SIDE_EFFECTS__ */
export function rulesWithout<Rules extends OptionRules, Name extends keyof Rules & string>(
  rules: Rules,
  ...names: Name[]
): Omit<Rules, Name> {
  const kept = Object.entries(rules).filter(([name]) => !names.includes(name as Name));
  return Object.fromEntries(kept) as unknown as Omit<Rules, Name>;
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

/** The two smoothing constants of a ratio: each alone, or both from `smooth`. */
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
