import { describable, numberWithin, readOptions, refuse, toPlain } from "@lossary/core-reduce";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type CompoundOptions, type CompoundResult, compoundRules, sumOfTerms } from "./compound.ts";

/** A term of {@link weightedSum}. */
export interface WeightedTerm {
  /** Any loss that takes the shared options. */
  loss: (labels: Tensor, predictions: Tensor, options?: never) => Tensor;
  /**
   * Its factor, a finite number of at least 0.
   * @defaultValue `1`
   */
  weight?: number;
  /** Its own options; they stand over the shared ones. */
  options?: object;
  /**
   * Its name among the components.
   * @defaultValue the name of the function, numbered where two terms have the same
   */
  name?: string;
}

/** A loss made of terms; with `components: true` it returns each of them beside the total. */
export type WeightedSum = <Options extends CompoundOptions = CompoundOptions>(
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
) => CompoundResult<Options, string>;

/**
 * Makes one loss out of several: their weighted sum, with shared options given once and each term's own options beside it.
 *
 * ```math
 * L = \sum_k w_k L_k
 * ```
 *
 * What describes the data (`activation`, `multiLabel`, `ignoreLabel`, `weights`) and what comes out (`reduction`) is given in the call and holds
 * for every term. The result is a loss like any other: it goes into `model.compile`, or into another sum, and `JSON.stringify` describes it for
 * `lossFromConfig`.
 *
 * @param terms - at least one {@link WeightedTerm}
 * @returns a loss `(labels, predictions, options?)`; with `components: true` it returns a record of every term (unweighted) and `total`
 * @throws Error for no terms, a weight that is no finite number of at least 0, a loss that is no function, or two terms of one name
 *
 * @example
 * ```ts
 * import { weightedSum } from "@lossary/losses-compound";
 * import { crossEntropyLoss } from "@lossary/losses-distribution";
 * import { diceLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const loss = weightedSum([
 *   { loss: diceLoss, weight: 0.7, options: { smooth: 1 } },
 *   { loss: crossEntropyLoss, weight: 0.3 },
 * ]);
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * loss(truth, prediction).print(); // 0.3166
 * ```
 *
 * @see J. Ma et al.: Loss odyssey in medical image segmentation. Medical Image Analysis 2021, {@link https://doi.org/10.1016/j.media.2021.102035}
 */
export function weightedSum(terms: readonly WeightedTerm[]): WeightedSum {
  if (!Array.isArray(terms) || terms.length === 0) refuse("weightedSum", "terms", "a list of at least one term", terms);
  const named = terms.map((term, index) => checkTerm(term, index, terms));
  const names = new Set(named.map(({ name }) => name));
  if (names.size < named.length || names.has("total")) {
    refuse(
      "weightedSum",
      "names of terms",
      'unlike each other and not "total"',
      named.map(({ name }) => name),
    );
  }
  const sum: WeightedSum = (labels, predictions, options) => {
    readOptions("weightedSum", options, compoundRules);
    return sumOfTerms("weightedSum", labels, predictions, options, named);
  };
  return describable(sum, "weightedSum", () => ({
    make: "weightedSum",
    from: [toPlain("weightedSum", "terms", terms)],
  }));
}

function checkTerm(term: WeightedTerm, index: number, terms: readonly WeightedTerm[]) {
  const { loss, weight = 1, options } = term;
  const who = `terms[${index}]`;
  if (typeof loss !== "function") refuse("weightedSum", `${who}.loss`, "a loss", loss);
  const factor = numberWithin(0, Number.POSITIVE_INFINITY, 1);
  if (!factor.allows(weight)) refuse("weightedSum", `${who}.weight`, factor.expected, weight);
  const alike = terms.filter((other, place) => place < index && other.loss.name === loss.name).length;
  const name = term.name ?? (loss.name || "term") + (alike > 0 ? String(alike + 1) : "");
  return { name, loss, weight, options };
}
