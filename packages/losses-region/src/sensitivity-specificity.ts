import {
  numberWithin,
  overlapAndSidedErrors,
  type Problem,
  prepare,
  type RatioOptions,
  ratioRules,
  readOptions,
  reduceRatio,
  rulesWithout,
  type Settled,
  type Smoothing,
  safeDivide,
} from "@lossary/core-reduce";
import { add, mul, sub, type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";

/** The options of {@link sensitivitySpecificityLoss}. */
export interface SensitivitySpecificityLossOptions extends Omit<RatioOptions, "intersection" | "smoothNumerator"> {
  /**
   * The share of the sensitivity term, r in the formula, from 0 to 1.
   * @defaultValue `0.05`
   */
  sensitivityWeight?: number;
}

/** Squared errors on either side of the truth, as sums over voxels, which add over shards, patches and steps. */
export interface SquaredErrors {
  /** sum v (p - g)² g: on the labelled side; `[batch, classes]`. */
  readonly ofLabelled: Tensor2D;
  /** sum v (p - g)² (1 - g): on the other side; `[batch, classes]`. */
  readonly ofUnlabelled: Tensor2D;
  /** P = sum v p; `[batch, classes]`. */
  readonly predicted: Tensor2D;
  /** G = sum v g, without a gradient; `[batch, classes]`. */
  readonly labelled: Tensor2D;
  /** sum v, the weight of the voxels that count; `[batch, 1]`. */
  readonly valid: Tensor2D;
}

const sensitivitySpecificityRules = {
  ...rulesWithout(ratioRules, "intersection", "smoothNumerator"),
  sensitivityWeight: numberWithin(0, 1, 0.05),
};

/**
 * Sensitivity-specificity loss: the mean squared error on the labelled voxels and that on all others, at fixed shares.
 *
 * ```math
 * L = r\, \frac{\sum_i v_i (g_i - p_i)^2 g_i}{\sum_i v_i g_i + s_D} + (1 - r)\, \frac{\sum_i v_i (g_i - p_i)^2 (1 - g_i)}{\sum_i v_i (1 - g_i) + s_D}
 * ```
 *
 * Each side is divided by its own size, so a structure of few voxels weighs as much as the shares say, whatever surrounds it. The small
 * default r is the paper's: its lesions are so rare that the first mean is dominated by few voxels. A side without voxels contributes 0.
 *
 * Range [0, 1]; 0 exactly at a perfect prediction of a hard target. `smooth` is the constant in both denominators.
 *
 * Differs from: SegLossOdyssey, which exchanges the two names and weighs the other side.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link SensitivitySpecificityLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { sensitivitySpecificityLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * sensitivitySpecificityLoss(truth, prediction).print(); // 0.0490
 * ```
 *
 * @see T. Brosch et al.: Deep convolutional encoder networks for multiple sclerosis lesion segmentation. MICCAI 2015,
 * {@link https://doi.org/10.1007/978-3-319-24574-4_1}
 */
export function sensitivitySpecificityLoss(
  labels: Tensor,
  predictions: Tensor,
  options?: SensitivitySpecificityLossOptions,
): Tensor {
  return tidy(() => {
    const settled = readOptions("sensitivitySpecificityLoss", options, sensitivitySpecificityRules);
    const problem = prepare("sensitivitySpecificityLoss", labels, predictions, settled);
    const errors = errorsOf(problem, settled.includeBackground);
    return reduceRatio("sensitivitySpecificityLoss", errors, settled, sensitivitySpecificity(settled));
  });
}

/**
 * Sums the squared errors on either side of the truth: the statistic behind {@link sensitivitySpecificityFromErrors}.
 *
 * ```math
 * \sum_i v_i (p_i - g_i)^2 g_i, \qquad \sum_i v_i (p_i - g_i)^2 (1 - g_i)
 * ```
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32
 * @param options - as for {@link sensitivitySpecificityLoss}
 * @returns the sums, all at least 0; with `includeBackground: false` without class 0
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { squaredErrors } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const { ofLabelled } = squaredErrors(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * ofLabelled.print(); // 0.01
 * ```
 */
export function squaredErrors(
  labels: Tensor,
  predictions: Tensor,
  options?: SensitivitySpecificityLossOptions,
): SquaredErrors {
  return tidy(() => {
    const settled = readOptions("squaredErrors", options, sensitivitySpecificityRules);
    return { ...errorsOf(prepare("squaredErrors", labels, predictions, settled), settled.includeBackground) };
  });
}

/**
 * Sensitivity-specificity loss from sums of squared errors: of shards, patches or steps that were added up.
 *
 * ```math
 * L = r\, \frac{\sum_i v_i (g_i - p_i)^2 g_i}{\sum_i v_i g_i + s_D} + (1 - r)\, \frac{\sum_i v_i (g_i - p_i)^2 (1 - g_i)}{\sum_i v_i (1 - g_i) + s_D}
 * ```
 *
 * Range, corners and what it differs from: those of {@link sensitivitySpecificityLoss}.
 *
 * @param errors - sums as {@link squaredErrors} returns them
 * @param options - see {@link SensitivitySpecificityLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { sensitivitySpecificityFromErrors, squaredErrors } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const errors = squaredErrors(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * sensitivitySpecificityFromErrors(errors).print(); // 0.0385
 * ```
 *
 * @see {@link sensitivitySpecificityLoss}
 */
export function sensitivitySpecificityFromErrors(
  errors: SquaredErrors,
  options?: SensitivitySpecificityLossOptions,
): Tensor {
  return tidy(() => {
    const settled = readOptions("sensitivitySpecificityFromErrors", options, sensitivitySpecificityRules);
    return reduceRatio("sensitivitySpecificityFromErrors", errors, settled, sensitivitySpecificity(settled));
  });
}

function errorsOf(problem: Problem, includeBackground: boolean): SquaredErrors {
  const { overlap, ...errors } = overlapAndSidedErrors(problem, { intersection: "product", includeBackground });
  const { predicted, labelled, valid } = overlap;
  return { ...errors, predicted, labelled, valid };
}

function sensitivitySpecificity({ sensitivityWeight }: Settled<typeof sensitivitySpecificityRules>) {
  return (
    { ofLabelled, ofUnlabelled, labelled, valid }: SquaredErrors,
    { smoothDenominator }: Pick<Smoothing, "smoothDenominator">,
  ): Tensor => {
    const ofSensitivity = safeDivide(ofLabelled, add(labelled, smoothDenominator));
    const ofSpecificity = safeDivide(ofUnlabelled, add(sub(valid, labelled), smoothDenominator));
    return add(mul(ofSensitivity, sensitivityWeight), mul(ofSpecificity, 1 - sensitivityWeight));
  };
}
