import {
  classShares,
  oneMinusRatio,
  type Problem,
  prepare,
  readOptions,
  refuse,
  type Settled,
  smoothing,
} from "@lossary/core-reduce";
import {
  add,
  div,
  mul,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tensor2d,
  tidy,
} from "@tensorflow/tfjs-core";
import { type Confusion, confusionOf, ofAllClasses } from "./confusion.ts";
import { reduceGroups } from "./reduce-groups.ts";
import { type GeneralizedWassersteinDiceLossOptions, wassersteinRules } from "./wasserstein-options.ts";

/**
 * Generalised Wasserstein Dice loss: a Dice loss for exclusive classes in which some confusions are worse than others.
 *
 * ```math
 * L = 1 - \frac{2 T + s_N}{2 T + E + s_D}, \qquad T = \sum_c A_c \sum_i v_i g_{ic} (1 - d_{ic}), \quad E = \sum_c B_c \sum_i v_i g_{ic} d_{ic}, \quad d_{ic} = \sum_k M_{ck}\, p_{ik}
 * ```
 *
 * d is how far the predicted distribution lies from class c, the Wasserstein distance for the distances M between classes. With
 * `weighting: "foreground"` A is 0 for the background (class 0) and 1 for all others, and B is 1; with `"volume"` both are 1 / (G + 1).
 * Class weights multiply A, and B with `"volume"`. For two classes at distance 1, `"foreground"` is the Dice loss of class 1.
 *
 * Range [0, 1] with equal smoothing constants; 0 at the perfect prediction of a hard target. Where the target has nothing but background,
 * any false positive costs nearly 1. The background has its place in the formula and the classes share one ratio, so
 * `includeBackground`, `emptyClass` and `normalize` are no options; several labels a voxel have no distance and throw.
 *
 * Differs from: MONAI, which mixes the samples of a batch.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link GeneralizedWassersteinDiceLossOptions}; `distanceMatrix` is required
 * @returns a scalar; with `reduction: "sample"` or `"none"` `[batch]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { generalizedWassersteinDiceLoss } from "@lossary/losses-region";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * // background, oedema, tumour core: the last two are less different from each other than from the background
 * const distanceMatrix = [[0, 1, 1], [1, 0, 0.5], [1, 0.5, 0]];
 * const truth = tensor2d([[0, 1, 2]], [1, 3], "int32");
 * const prediction = tensor3d([[[0.8, 0.1, 0.1], [0.2, 0.6, 0.2], [0.1, 0.5, 0.4]]]);
 * generalizedWassersteinDiceLoss(truth, prediction, { distanceMatrix }).print(); // 0.2394
 * ```
 *
 * @see L. Fidon et al.: Generalised Wasserstein Dice score for imbalanced multi-class segmentation using holistic convolutional networks.
 * BrainLes 2017, {@link https://arxiv.org/abs/1707.00478}
 */
export function generalizedWassersteinDiceLoss(
  labels: Tensor,
  predictions: Tensor,
  options: GeneralizedWassersteinDiceLossOptions,
): Tensor {
  return tidy(() => {
    const who = "generalizedWassersteinDiceLoss";
    const settled = readOptions(who, options, wassersteinRules);
    const problem = prepare(who, labels, predictions, { ...settled, ...ofAllClasses });
    refuseSeveralLabels(problem);
    return reduceGroups(who, confusionOf(problem), settled, wassersteinDice(who, problem.classes, settled));
  });
}

/**
 * Generalised Wasserstein Dice loss from a soft confusion matrix: of shards, patches or steps that were added up.
 *
 * ```math
 * L = 1 - \frac{2 T + s_N}{2 T + E + s_D}
 * ```
 *
 * Range, corners and what it differs from: those of {@link generalizedWassersteinDiceLoss}.
 *
 * @param sums - as `confusion` returns them
 * @param options - see {@link GeneralizedWassersteinDiceLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` or `"none"` `[batch]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { confusion, generalizedWassersteinDiceFromConfusion } from "@lossary/losses-region";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = confusion(tensor2d([[0, 1]], [1, 2], "int32"), tensor3d([[[0.9, 0.1], [0.4, 0.6]]]));
 * generalizedWassersteinDiceFromConfusion(sums, { distanceMatrix: [[0, 1], [1, 0]] }).print(); // 0.2941
 * ```
 *
 * @see {@link generalizedWassersteinDiceLoss}
 */
export function generalizedWassersteinDiceFromConfusion(
  sums: Confusion,
  options: GeneralizedWassersteinDiceLossOptions,
): Tensor {
  return tidy(() => {
    const who = "generalizedWassersteinDiceFromConfusion";
    const settled = readOptions(who, options, wassersteinRules);
    return reduceGroups(who, sums, settled, wassersteinDice(who, sums.labelled.shape[1], settled));
  });
}

function refuseSeveralLabels({ who, classes, multiLabel }: Problem): void {
  if (classes === 1)
    throw new Error(`${who}: predictions with 1 class have no classes to confuse; give the background a channel`);
  if (multiLabel)
    throw new Error(
      `${who}: multiLabel: true (the default of activation "sigmoid") has no distance between classes; use "softmax"`,
    );
}

/** The distance of a voxel to its class is linear in its probabilities, so its sums are those of the confusion matrix, weighed by M. */
function wassersteinDice(who: string, classes: number, options: Settled<typeof wassersteinRules>) {
  const distances = distanceTensor(who, classes, options.distanceMatrix);
  const classWeights = classShares(who, classes, { ...options, includeBackground: true });
  return ({ confusion, labelled }: Confusion): Tensor1D => {
    const distant = sum(mul(confusion, distances), 2) as Tensor2D;
    const balance =
      options.weighting === "volume" ? div(classWeights, add(labelled, 1)) : mul(classWeights, foreground(classes));
    const near = sum(mul(balance, sub(labelled, distant)), 1);
    const errors = sum(options.weighting === "volume" ? mul(balance, distant) : distant, 1);
    return oneMinusRatio(errors as Tensor1D, mul(near, 2) as Tensor1D, smoothing(options));
  };
}

function distanceTensor(who: string, classes: number, matrix: readonly (readonly number[])[] | undefined): Tensor2D {
  if (matrix?.length !== classes)
    refuse(who, "distanceMatrix", `${classes} rows of ${classes} distances, one a class`, matrix);
  const largest = Math.max(...matrix.flat());
  return tensor2d(matrix.map((row) => row.map((distance) => distance / largest)));
}

/** 0 for the background, 1 for every other class, `[1, classes]`. */
function foreground(classes: number): Tensor2D {
  return tensor2d([Array.from({ length: classes }, (_, label) => (label === 0 ? 0 : 1))]);
}
