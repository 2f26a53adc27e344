import { numberWithin, type RatioOptions, ratioRules, readOptions } from "@lossary/core-reduce";
import type { BalancedCrossEntropyLossOptions } from "@lossary/losses-distribution";
import type { DiceLossOptions } from "@lossary/losses-region";
import type { Tensor } from "@tensorflow/tfjs-core";
import {
  type CompoundOptions,
  type CompoundResult,
  compoundRules,
  sumOfTerms,
  type TermOptions,
  termOptions,
} from "./compound.ts";
import { balancedCrossEntropyTerm } from "./cross-entropy-terms.ts";
import { diceTerm } from "./overlap-terms.ts";

/** The options of {@link comboLoss}. */
export interface ComboLossOptions extends CompoundOptions {
  /**
   * Weight a of the cross-entropy term, from 0 to 1; Dice has 1 - a.
   * @defaultValue `0.5`
   */
  alpha?: number;
  /**
   * What positives weigh in the cross entropy, from 0 to 1, negatives having the rest; below one half false positives cost more. `"auto"` is the
   * share of negatives in each (sample, class).
   * @defaultValue `0.5`
   */
  beta?: number | "auto";
  /**
   * Smoothing of the Dice term, in numerator and denominator.
   * @defaultValue `1`
   */
  smooth?: RatioOptions["smooth"];
  /**
   * Options of the cross-entropy term alone, over the others.
   * @defaultValue none
   */
  crossEntropy?: TermOptions<BalancedCrossEntropyLossOptions>;
  /**
   * Options of the Dice term alone, over the others.
   * @defaultValue none
   */
  dice?: TermOptions<DiceLossOptions>;
}

const rules = {
  ...compoundRules,
  alpha: numberWithin(0, 1, 0.5),
  beta: {
    expected: 'a number from 0 to 1, or "auto"',
    allows: (value: unknown) => value === "auto" || (typeof value === "number" && value >= 0 && value <= 1),
    default: 0.5 as number | "auto",
  },
  smooth: { ...ratioRules.smooth, default: 1 },
  crossEntropy: termOptions,
  dice: termOptions,
};

/**
 * Combo loss: balanced cross entropy, which says whether false positives or false negatives cost more, plus Dice.
 *
 * ```math
 * L = -\frac{a}{N} \sum_i \left[\beta\, g_i \ln p_i + (1-\beta)(1-g_i) \ln(1-p_i)\right] + (1 - a)\left(1 - \text{Dice}\right)
 * ```
 *
 * Range [0, ∞); 0 at the perfect prediction.
 *
 * Differs from: the paper, which subtracts the Dice score, so that its value is lower by the constant 1 - a; the author's code, whose
 * cross-entropy term has the wrong sign in (1 - t) ln(1 - p).
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link ComboLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`; with `components: true` a record of `crossEntropy`, `dice` (unweighted) and `total`
 * @throws Error naming the argument, what was expected and what came; also for `reduction: "none"`, since a voxel map and a table of classes do not add
 *
 * @example
 * ```ts
 * import { comboLoss } from "@lossary/losses-compound";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * comboLoss(truth, prediction).print(); // 0.2444
 * ```
 *
 * @see S. A. Taghanaki et al.: Combo loss. Computerized Medical Imaging and Graphics 2019, {@link https://arxiv.org/abs/1805.02798}
 */
export function comboLoss<Options extends ComboLossOptions = ComboLossOptions>(
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
): CompoundResult<Options, "crossEntropy" | "dice"> {
  const { alpha, beta, smooth, crossEntropy, dice } = readOptions("comboLoss", options, rules);
  return sumOfTerms<Options, "crossEntropy" | "dice">("comboLoss", labels, predictions, options, [
    { ...balancedCrossEntropyTerm, name: "crossEntropy", weight: alpha, options: { beta, ...crossEntropy } },
    { ...diceTerm, name: "dice", weight: 1 - alpha, options: { smooth, ...dice } },
  ]);
}
