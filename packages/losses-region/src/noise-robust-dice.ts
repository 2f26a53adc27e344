import {
  numberWithin,
  oneMinusRatio,
  oneOf,
  overlapAndErrorPowers,
  type Problem,
  prepare,
  type RatioOptions,
  ratioRules,
  readOptions,
  reduceRatio,
  rulesWithout,
  type Settled,
  type Smoothing,
} from "@lossary/core-reduce";
import { add, mul, sub, type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";

/** The options of {@link noiseRobustDiceLoss}: those of a ratio loss but `intersection`, which its denominator decides. */
export interface NoiseRobustDiceLossOptions extends Omit<RatioOptions, "intersection"> {
  /**
   * The exponent γ of the errors, from 1 to 2: the lower, the less a voxel counts that is surely wrong, as one with a wrong label is.
   * @defaultValue `1.5`
   */
  gamma?: number;
  /**
   * What the errors are divided by: sum p² + sum g², as in the paper, or sum p + sum g, as in the authors' library.
   * @defaultValue `"squares"`
   */
  denominator?: "squares" | "sum";
}

/** Errors to a power beside what both sizes hold, as sums over voxels, which add over shards, patches and steps. */
export interface PoweredErrors {
  /** sum v |p - g|^γ; `[batch, classes]`. */
  readonly errors: Tensor2D;
  /** What both sizes hold beyond the errors, sum v (p² + g² - |p - g|^γ), or with p and g instead of their squares; `[batch, classes]`. */
  readonly agreement: Tensor2D;
  /** P = sum v p; `[batch, classes]`. */
  readonly predicted: Tensor2D;
  /** G = sum v g, without a gradient; `[batch, classes]`. */
  readonly labelled: Tensor2D;
  /** sum v, the weight of the voxels that count; `[batch, 1]`. */
  readonly valid: Tensor2D;
}

const noiseRobustDiceRules = {
  ...rulesWithout(ratioRules, "intersection"),
  gamma: numberWithin(1, 2, 1.5),
  denominator: oneOf("squares", "sum"),
};

/**
 * Noise-robust Dice loss: Dice with errors to a power between that of a mean absolute error, which is not led astray by wrong labels,
 * and that of Dice, which learns rare classes.
 *
 * ```math
 * L = \frac{\sum_i v_i \lvert p_i - g_i \rvert^\gamma + s_D - s_N}{\sum_i v_i p_i^2 + \sum_i v_i g_i^2 + s_D}
 * ```
 *
 * With γ = 2 it is the Dice loss of squares. With `denominator: "sum"` P + G stand below, and γ = 1 is the Dice loss.
 *
 * Range [0, ∞) with equal smoothing constants, [0, 1] with `"sum"`; 0 exactly at the perfect prediction. With `"squares"` and γ below 2 it
 * exceeds 1 where small probabilities lie on an absent class: p^γ over p². `emptyClass` says what such a class costs instead.
 *
 * Differs from: PyMIC, the authors' library, which divides by the sizes themselves (`denominator: "sum"`) of the whole batch (`over: "batch"`).
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link NoiseRobustDiceLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { noiseRobustDiceLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * noiseRobustDiceLoss(truth, prediction, { smooth: 1 }).print(); // 0.1811
 * ```
 *
 * @see G. Wang et al.: A noise-robust framework for automatic segmentation of COVID-19 pneumonia lesions from CT images.
 * IEEE Transactions on Medical Imaging 2020, {@link https://doi.org/10.1109/TMI.2020.3000314}
 */
export function noiseRobustDiceLoss(labels: Tensor, predictions: Tensor, options?: NoiseRobustDiceLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("noiseRobustDiceLoss", options, noiseRobustDiceRules);
    const errors = errorsOf(prepare("noiseRobustDiceLoss", labels, predictions, settled), settled);
    return reduceRatio("noiseRobustDiceLoss", errors, settled, noiseRobustDice);
  });
}

/**
 * Sums errors to a power: the statistic behind {@link noiseRobustDiceFromErrors}.
 *
 * ```math
 * \sum_i v_i \lvert p_i - g_i \rvert^\gamma, \qquad \sum_i v_i \left( p_i^2 + g_i^2 - \lvert p_i - g_i \rvert^\gamma \right)
 * ```
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32
 * @param options - as for {@link noiseRobustDiceLoss}
 * @returns the sums, all at least 0; with `includeBackground: false` without class 0
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { poweredErrors } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const { errors } = poweredErrors(tensor3d([[[1], [0]]]), tensor3d([[[0.91], [0.25]]]));
 * errors.print(); // 0.152
 * ```
 */
export function poweredErrors(
  labels: Tensor,
  predictions: Tensor,
  options?: NoiseRobustDiceLossOptions,
): PoweredErrors {
  return tidy(() => {
    const settled = readOptions("poweredErrors", options, noiseRobustDiceRules);
    return { ...errorsOf(prepare("poweredErrors", labels, predictions, settled), settled) };
  });
}

/**
 * Noise-robust Dice loss from sums of errors: of shards, patches or steps that were added up.
 *
 * ```math
 * L = \frac{\sum_i v_i \lvert p_i - g_i \rvert^\gamma + s_D - s_N}{\sum_i v_i p_i^2 + \sum_i v_i g_i^2 + s_D}
 * ```
 *
 * Range, corners and what it differs from: those of {@link noiseRobustDiceLoss}.
 *
 * @param errors - sums as {@link poweredErrors} returns them
 * @param options - see {@link NoiseRobustDiceLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { noiseRobustDiceFromErrors, poweredErrors } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * // (0.027 + 0.125) / (0.91² + 0.25² + 1)
 * const errors = poweredErrors(tensor3d([[[1], [0]]]), tensor3d([[[0.91], [0.25]]]));
 * noiseRobustDiceFromErrors(errors).print(); // 0.0804
 * ```
 *
 * @see {@link noiseRobustDiceLoss}
 */
export function noiseRobustDiceFromErrors(errors: PoweredErrors, options?: NoiseRobustDiceLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("noiseRobustDiceFromErrors", options, noiseRobustDiceRules);
    return reduceRatio("noiseRobustDiceFromErrors", errors, settled, noiseRobustDice);
  });
}

function errorsOf(
  problem: Problem,
  { gamma, denominator, includeBackground }: Settled<typeof noiseRobustDiceRules>,
): PoweredErrors {
  const isOfSquares = denominator === "squares";
  const intersection = isOfSquares ? "product" : "semimetric";
  const options = { intersection, includeBackground } as const;
  const { overlap: sums, errorPowers } = overlapAndErrorPowers(problem, options, gamma);
  // both sizes are twice the intersection and these errors, of the power at which the loss is one of the Dice losses
  const own: Tensor2D = isOfSquares ? sums.squaredErrors : add(sums.falsePositives, sums.falseNegatives);
  const errors = gamma === (isOfSquares ? 2 : 1) ? own : errorPowers;
  const { predicted, labelled, valid } = sums;
  const agreement: Tensor2D = add(mul(2, sums.intersection), sub(own, errors));
  return { errors, agreement, predicted, labelled, valid };
}

function noiseRobustDice({ errors, agreement }: PoweredErrors, smoothing: Smoothing): Tensor {
  return oneMinusRatio(errors, agreement, smoothing);
}
