import {
  logOnePlus,
  type Overlap,
  overlapSums,
  prepare,
  reduceRatio,
  type Smoothing,
  withGradient,
} from "@lossary/core-reduce";
import { abs, add, exp, less, minimum, mul, square, sub, type Tensor, tanh, tidy, where } from "@tensorflow/tfjs-core";
import { type DiceLossOptions, dicePerClass, readDiceOptions } from "./dice.ts";

/** The options of {@link logCoshDiceLoss}: those of Dice. */
export type LogCoshDiceLossOptions = DiceLossOptions;

/**
 * Log-cosh Dice loss: the Dice loss of each class, smoothed at its minimum.
 *
 * ```math
 * L = \ln \cosh (1 - D), \qquad D = \frac{2 I + s_N}{P + G + s_D}
 * ```
 *
 * D is the Dice score of {@link diceLoss}, with all of its options. Near the perfect prediction the loss is (1 - D)²/2 and its gradient,
 * tanh(1 - D) times that of Dice, fades out instead of pulling with full force until the end. ln cosh is taken of each class, then the mean.
 *
 * Range [0, 0.4338] with equal smoothing constants; 0 exactly at the perfect prediction.
 *
 * Differs from: implementations that take ln cosh of the mean over classes, or log((e^x + e^-x) / 2), which has no digits left near 0.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link LogCoshDiceLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { logCoshDiceLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * logCoshDiceLoss(truth, prediction, { smooth: 1 }).print(); // 0.0270
 * ```
 *
 * @see S. Jadon: A survey of loss functions for semantic segmentation. CIBCB 2020, {@link https://arxiv.org/abs/2006.14822}
 */
export function logCoshDiceLoss(labels: Tensor, predictions: Tensor, options?: LogCoshDiceLossOptions): Tensor {
  return tidy(() => {
    const settled = readDiceOptions("logCoshDiceLoss", options);
    const sums = overlapSums(prepare("logCoshDiceLoss", labels, predictions, settled), settled);
    return reduceRatio("logCoshDiceLoss", sums, settled, logCoshDice(settled.denominator));
  });
}

/**
 * Log-cosh Dice loss from overlap sums: of shards, patches or steps that were added up.
 *
 * ```math
 * L = \ln \cosh (1 - D)
 * ```
 *
 * Range, corners and what it differs from: those of {@link logCoshDiceLoss}.
 *
 * @param overlap - sums as `overlap` returns them; with `denominator: "squares"` made with `intersection: "product"`
 * @param options - see {@link LogCoshDiceLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { overlap } from "@lossary/core-reduce";
 * import { logCoshDiceFromOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = overlap(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * logCoshDiceFromOverlap(sums).print(); // 0.0102
 * ```
 *
 * @see {@link logCoshDiceLoss}
 */
export function logCoshDiceFromOverlap(overlap: Overlap, options?: LogCoshDiceLossOptions): Tensor {
  return tidy(() => {
    const settled = readDiceOptions("logCoshDiceFromOverlap", options);
    return reduceRatio("logCoshDiceFromOverlap", overlap, settled, logCoshDice(settled.denominator));
  });
}

function logCoshDice(denominator: "sum" | "squares") {
  const oneMinusDice = dicePerClass(denominator);
  return (sums: Overlap, smoothing: Smoothing): Tensor => logCosh(oneMinusDice(sums, smoothing));
}

/**
 * Up to 1, ln (1 + sinh² x) / 2 with sinh from its series: |x| + ln (1 + e^(-2|x|)) - ln 2, which is right for what is larger, is a difference
 * of numbers near ln 2 there, and would lose the digits of x²/2.
 */
function logCosh(x: Tensor): Tensor {
  return withGradient(
    x,
    [x],
    (given) => {
      const size = abs(given);
      const large = add(size, sub(logOnePlus(exp(mul(size, -2))), Math.LN2));
      return where(less(size, 1), mul(logOnePlus(square(sinhUpToOne(minimum(size, 1)))), 0.5), large);
    },
    (upstream, [given]) => mul(upstream, tanh(given as Tensor)),
  );
}

/** x + x³/6 + x⁵/120 + x⁷/5040 + x⁹/362880, which is exact to 3e-8 at 1. */
function sinhUpToOne(x: Tensor): Tensor {
  const x2 = square(x);
  const tail = add(1 / 120, mul(x2, add(1 / 5040, mul(x2, 1 / 362880))));
  return mul(x, add(1, mul(x2, add(1 / 6, mul(x2, tail)))));
}
