import {
  type ClassSpace,
  type CrossEntropySums,
  classCoefficients,
  classSpaceOf,
  type DistributionOptions,
  distributionRules,
  numberWithin,
  type OptionRule,
  prepare,
  readOptions,
  reduceCrossEntropy,
  reduceCrossEntropyTerms,
  refuse,
  refuseSoftSmoothing,
  type Settled,
} from "@lossary/core-reduce";
import { mul, sub, type Tensor, type Tensor2D, tensor2d, tidy } from "@tensorflow/tfjs-core";

/** The options of {@link focalLoss}. */
export interface FocalLossOptions extends DistributionOptions {
  /**
   * How strongly easy voxels are turned down; 0 is cross entropy.
   * @defaultValue `2`
   */
  gamma?: number;
  /**
   * The share of the positives. Independent channels: `alpha` for positives, 1 - `alpha` for negatives. Exclusive classes: 1 - `alpha` for
   * class 0, `alpha` for the others. A list has one such number a class; for exclusive classes it is the factor of the class itself.
   * @defaultValue none: every factor is 1
   */
  alpha?: number | readonly number[];
}

type Alpha = FocalLossOptions["alpha"];

const alphaRule: OptionRule<Alpha> = {
  expected: "a number from 0 to 1, or a list of numbers of at least 0, one a class",
  allows: (value) =>
    Array.isArray(value)
      ? value.every((entry) => Number.isFinite(entry) && entry >= 0)
      : typeof value === "number" && value >= 0 && value <= 1,
  default: undefined,
};

const focalRules = { ...distributionRules, gamma: numberWithin(0, Number.POSITIVE_INFINITY, 2), alpha: alphaRule };

/**
 * Focal loss: cross entropy in which a voxel counts the less, the surer the prediction is already right.
 *
 * ```math
 * m_i = -\sum_c q_c\, \alpha_c\, g_{ic} (1 - p_{ic})^\gamma \ln p_{ic}
 * \quad\text{or}\quad
 * m_i = -\frac{1}{C} \sum_c q_c \left[ \alpha\, g_{ic} (1 - p_{ic})^\gamma \ln p_{ic} + (1 - \alpha)(1 - g_{ic})\, p_{ic}^\gamma \ln(1 - p_{ic}) \right]
 * ```
 *
 * The first for exclusive classes, the second for independent channels (`multiLabel`: with sigmoid, or with one class); the loss is their mean over
 * valid voxels. The gradient is finite for every γ ≥ 0, between 0 and 1 too. With γ = 0 and no α it is {@link crossEntropyLoss} exactly.
 *
 * Range [0, ∞); 0 exactly where the truth has probability 1.
 *
 * Differs from: MONAI and kornia, which divide the exclusive form by the number of classes as well; kornia, which scales both sides of a channel by
 * α in its multi-class form; the code of the survey, which modulates the mean of the batch instead of each voxel, and so turns a hard voxel
 * among easy ones down with them; `torchvision`, whose sum over channels is C times ours.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link FocalLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` the voxel map `[batch, ...spatial]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { focalLoss } from "@lossary/losses-distribution";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * focalLoss(truth, prediction, { alpha: 0.25 }).print(); // 0.0437
 * ```
 *
 * @see T.-Y. Lin et al.: Focal loss for dense object detection. ICCV 2017, {@link https://arxiv.org/abs/1708.02002}
 */
export function focalLoss(labels: Tensor, predictions: Tensor, options?: FocalLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("focalLoss", options, focalRules);
    const problem = prepare("focalLoss", labels, predictions, settled);
    refuseSoftSmoothing(problem, settled);
    const { gamma, labelSmoothing } = settled;
    return reduceCrossEntropyTerms(problem, { ...coefficientsOf(problem, settled), gamma, labelSmoothing }, settled);
  });
}

/**
 * Focal loss from sums: of shards, patches or steps that were added up.
 *
 * ```math
 * L = \frac{1}{N} \sum_c q_c\, \alpha_c A_c \quad\text{or}\quad L = \frac{1}{N\,C} \sum_c q_c \left(\alpha A_c + (1 - \alpha) B_c\right)
 * ```
 *
 * N is the weight of the voxels that count.
 *
 * Range, corners and what it differs from: those of {@link focalLoss}.
 *
 * @param sums - sums as `crossEntropySums` returns them, made with the same `gamma`
 * @param options - see {@link FocalLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`
 * @throws Error for options that do not fit, and for `reduction: "none"`, since sums no longer know the voxels
 *
 * @example
 * ```ts
 * import { crossEntropySums } from "@lossary/core-reduce";
 * import { focalFromSums } from "@lossary/losses-distribution";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = crossEntropySums(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]), { gamma: 2 });
 * focalFromSums(sums).print(); // 0.0050
 * ```
 *
 * @see {@link focalLoss}
 */
export function focalFromSums(sums: CrossEntropySums, options?: FocalLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("focalFromSums", options, focalRules);
    const space = classSpaceOf("focalFromSums", sums, settled);
    return reduceCrossEntropy(space, sums, settled, coefficientsOf(space, settled));
  });
}

/** What positives and negatives of each class cost, `[1, classes]`. */
function coefficientsOf(space: ClassSpace, settled: Settled<typeof focalRules>) {
  const share = classCoefficients(space, settled);
  const { positive, negative } = balance(space, settled.alpha);
  return {
    positive: mul(share, positive) as Tensor2D,
    negative: space.multiLabel ? (mul(share, negative) as Tensor2D) : undefined,
  };
}

/** The factors of positives and negatives of each class, `[1, classes]`. */
function balance(space: ClassSpace, alpha: Alpha): { positive: Tensor2D; negative: Tensor2D } {
  const { classes, multiLabel } = space;
  const every = (value: number) => new Array<number>(classes).fill(value);
  const row = (values: readonly number[]) => tensor2d([...values], [1, classes]);
  if (alpha === undefined) return { positive: row(every(1)), negative: row(every(1)) };
  if (typeof alpha === "number") {
    const positive = multiLabel ? every(alpha) : [1 - alpha, ...every(alpha).slice(1)];
    return { positive: row(positive), negative: row(every(1 - alpha)) };
  }
  checkList(space, alpha);
  return { positive: row(alpha), negative: sub(1, row(alpha)) };
}

function checkList({ who, classes, multiLabel }: ClassSpace, alpha: readonly number[]): void {
  if (alpha.length !== classes) refuse(who, "alpha", `a number, or ${classes} numbers, one a class`, alpha);
  if (multiLabel && alpha.some((entry) => entry > 1)) {
    refuse(who, "alpha", "from 0 to 1 for independent channels, whose negatives weigh 1 - alpha", alpha);
  }
}
