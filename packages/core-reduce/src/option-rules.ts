import { Tensor } from "@tensorflow/tfjs-core";
import { show } from "./errors.ts";

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

/**
 * An option that is one of a few words.
 *
 * @param first - the word that stands where none is given
 * @param others - the other words
 * @returns a rule for {@link readOptions}
 *
 * @example
 * ```ts
 * import { oneOf, readOptions } from "@lossary/core-reduce";
 *
 * const rules = { border: oneOf("keep", "drop") };
 * console.log(readOptions("myLoss", {}, rules).border); // keep
 * ```
 */
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

/**
 * An option that is a finite number within closed bounds, finite in float32 too.
 *
 * @param low - the smallest that is allowed
 * @param high - the largest; infinity where there is none
 * @param fallback - what stands where none is given; it may be outside of the bounds, or `undefined`
 * @returns a rule for {@link readOptions}
 *
 * @example
 * ```ts
 * import { numberWithin, readOptions } from "@lossary/core-reduce";
 *
 * const rules = { gamma: numberWithin(0, Number.POSITIVE_INFINITY, 2) };
 * console.log(readOptions("myLoss", { gamma: 0.5 }, rules).gamma); // 0.5
 * ```
 */
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

/**
 * An option that is a finite number above 0, for exponents and lengths.
 *
 * @param fallback - what stands where none is given
 * @returns a rule for {@link readOptions}
 *
 * @example
 * ```ts
 * import { numberAboveZero, readOptions } from "@lossary/core-reduce";
 *
 * const rules = { exponent: numberAboveZero(1.5) };
 * console.log(readOptions("myLoss", undefined, rules).exponent); // 1.5
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function numberAboveZero(fallback: number): OptionRule<number> {
  return { expected: "a finite number above 0", allows: (value) => isFloat(value) && value > 0, default: fallback };
}

/**
 * An option that is `true` or `false`.
 *
 * @param fallback - what stands where none is given; `undefined` where that depends on something else
 * @returns a rule for {@link readOptions}
 *
 * @example
 * ```ts
 * import { flag, readOptions } from "@lossary/core-reduce";
 *
 * const rules = { perSample: flag(true) };
 * console.log(readOptions("myLoss", { perSample: false }, rules).perSample); // false
 * ```
 */
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

/** A whole number. */
export const integer: OptionRule<number | undefined> = {
  expected: "an integer",
  allows: (value) => Number.isInteger(value),
  default: undefined,
};

/**
 * The rules without those of some options, for a loss to which they mean nothing: giving one throws as any unknown option does.
 *
 * @param rules - for instance {@link sharedRules}
 * @param names - the options that are left out
 * @returns the other rules
 *
 * @example
 * ```ts
 * import { ratioRules, rulesWithout } from "@lossary/core-reduce";
 *
 * const rules = rulesWithout(ratioRules, "smoothNumerator", "smoothDenominator");
 * console.log("smooth" in rules, "smoothNumerator" in rules); // true false
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function rulesWithout<Rules extends OptionRules, Name extends keyof Rules & string>(
  rules: Rules,
  ...names: Name[]
): Omit<Rules, Name> {
  const kept = Object.entries(rules).filter(([name]) => !names.includes(name as Name));
  return Object.fromEntries(kept) as unknown as Omit<Rules, Name>;
}
