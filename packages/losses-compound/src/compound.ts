import {
  flag,
  numberWithin,
  type OptionRule,
  type OptionRules,
  readOptions,
  refuse,
  type SharedOptions,
  sharedRules,
} from "@lossary/core-reduce";
import { add, mul, Tensor, tidy } from "@tensorflow/tfjs-core";
import type { OnePass, OverlapEquation, PassWithOverlap, TermRecord } from "./one-pass.ts";

/** What a compound returns: the total, or with `components: true` the total and each term, unweighted. */
export type CompoundResult<Options, Name extends string> = Options extends { components: true }
  ? Readonly<Record<Name | "total", Tensor>>
  : Tensor;

/** The options that every compound takes beside those of its terms. */
export interface CompoundOptions extends SharedOptions {
  /**
   * Whether to return a record with the total and the unweighted value of each term, for logging, instead of the total alone.
   * @defaultValue `false`
   */
  components?: boolean;
}

/** A loss's options as they may stand in a term's record, over the shared ones. */
export type TermOptions<Options> = Omit<Options, "components">;

/** What a term is: its loss, its weight where none is given, and how it shares a pass over the voxels, if it can. */
export interface NamedTerm {
  /** Any loss; its options are checked by itself. */
  readonly loss: (labels: Tensor, predictions: Tensor, options?: never) => Tensor;
  readonly weight: number;
  /** The equation on sums of overlap that it is, if it is one. */
  readonly overlap?: OverlapEquation;
  /** How it is made in the pass of such an equation. */
  readonly pass?: PassWithOverlap;
}

/** One term of a compound loss, ready to be called. */
export interface CompoundTerm extends NamedTerm {
  readonly name: string;
  /** The term's own options; they stand over the shared ones. */
  readonly options: object | undefined;
}

/** The rule of a term's own options: what is in the object, the term checks itself. */
export const termOptions: OptionRule<object | undefined> = {
  expected: "an object of the term's own options",
  allows: (value) => typeof value === "object" && value !== null && !Array.isArray(value) && !("components" in value),
  default: undefined,
};

/** The rules of {@link CompoundOptions}. */
export const compoundRules = {
  ...sharedRules,
  components: flag(false),
} satisfies OptionRules;

/**
 * The sum that a compound loss of fixed terms is: for each term `x` the options are its weight `xWeight` and its own options `x`.
 *
 * @param shared - the rules of what every term takes
 */
export function sumOfNamed<Options extends object, Name extends string>(
  who: string,
  labels: Tensor,
  predictions: Tensor,
  given: Options | undefined,
  terms: Readonly<Record<Name, NamedTerm>>,
  shared: OptionRules = compoundRules,
): CompoundResult<Options, Name> {
  const named = Object.entries(terms) as [Name, NamedTerm][];
  const ofTerms = named.flatMap(([name, { weight }]): [string, OptionRule<unknown>][] => [
    [name, termOptions],
    [`${name}Weight`, numberWithin(0, Number.POSITIVE_INFINITY, weight)],
  ]);
  const settled = readOptions(who, given, { ...shared, ...Object.fromEntries(ofTerms) });
  const called = named.map(([name, term]) => ({
    ...term,
    name,
    weight: settled[`${name}Weight`] as number,
    options: settled[name] as object | undefined,
  }));
  return sumOfTerms<Options, Name>(who, labels, predictions, given, called);
}

/** One term of a sum, evaluated. */
export interface EvaluatedTerm<Name extends string> {
  readonly name: Name;
  readonly weight: number;
  readonly value: Tensor;
}

/**
 * The weighted sum of terms, each called with the shared options that were given and its own.
 *
 * @param given - the caller's options; those among them that every loss takes go to every term
 */
export function sumOfTerms<Options extends object, Name extends string>(
  who: string,
  labels: Tensor,
  predictions: Tensor,
  given: Options | undefined,
  terms: readonly (CompoundTerm & { readonly name: Name })[],
): CompoundResult<Options, Name> {
  const shared = Object.fromEntries(Object.entries(given ?? {}).filter(([name]) => name in sharedRules));
  const called = terms.map((term) => ({ ...term, options: { ...shared, ...term.options } }));
  return weigh(who, given, () => {
    const joint = jointly(who, labels, predictions, called);
    return called.map(({ name, weight, loss, options, overlap, pass }) => {
      const made = overlap ? joint?.overlap : pass && joint?.other;
      return { name, weight, value: made ?? named(who, () => loss(labels, predictions, options as never)) };
    });
  });
}

/** The values of a term of overlap and of one that is made in its pass, where there are both and they read the same. */
function jointly(
  who: string,
  labels: Tensor,
  predictions: Tensor,
  terms: readonly CompoundTerm[],
): OnePass | undefined {
  const [ofOverlap, other] = [terms.find((term) => term.overlap), terms.find((term) => term.pass)];
  if (!ofOverlap?.overlap || !other?.pass) return undefined;
  const { overlap: equation, options } = ofOverlap;
  const { pass } = other;
  const overlap = { equation, options: options as TermRecord };
  const run = () => pass.run({ who, labels, predictions, overlap, options: other.options as TermRecord });
  return named(who, run, { [equation.name]: equation.loss, ...pass.speakers });
}

/** Adds terms up; with `components: true` among the caller's options, returns them beside the total. */
export function weigh<Options extends object, Name extends string>(
  who: string,
  given: Options | undefined,
  evaluate: () => readonly EvaluatedTerm<Name>[],
): CompoundResult<Options, Name> {
  const components = given !== undefined && "components" in given && given.components === true;
  const result = tidy(() => {
    const terms = evaluate();
    checkShapes(who, terms);
    const total = terms.map(({ value, weight }) => mul(value, weight)).reduce((sum, term) => add(sum, term));
    return components ? { ...Object.fromEntries(terms.map(({ name, value }) => [name, value])), total } : total;
  });
  return result as CompoundResult<Options, Name>;
}

/** Lets an error of a term say whose term it is, and an equation on sums speak for its loss. */
export function named<T>(who: string, call: () => T, losses: Readonly<Record<string, string>> = {}): T {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof Error) || error.message.startsWith(`${who}: `)) throw error;
    const [speaker = "", ...said] = error.message.split(": ");
    error.message = [who, losses[speaker] ?? speaker, ...said].join(": ");
    throw error;
  }
}

function checkShapes(who: string, terms: readonly EvaluatedTerm<string>[]): void {
  for (const { name, value } of terms)
    if (!(value instanceof Tensor)) refuse(who, `the value of ${name}`, "a tensor", value);
  const shapes = terms.map(({ value }) => `[${value.shape.join(",")}]`);
  if (shapes.every((shape) => shape === shapes[0])) return;
  const listed = terms.map(({ name }, index) => `${name} ${shapes[index]}`).join(", ");
  throw new Error(
    `${who}: terms must have one shape to be added (got ${listed}); use reduction "mean", "sum" or "sample"`,
  );
}
