import {
  type Overlap,
  oneMinusRatio,
  oneOf,
  overlapSums,
  prepare,
  type RatioOptions,
  ratioRules,
  readOptions,
  reduceRatio,
  type Settled,
  type Smoothing,
} from "@lossary/core-reduce";
import { add, mul, type Tensor, tidy } from "@tensorflow/tfjs-core";

/** The options of {@link diceLoss}. */
export interface DiceLossOptions extends RatioOptions {
  /**
   * What stands in the denominator: sum p + sum g, or sum p² + sum g² (Milletari), which always goes with the product as intersection.
   * @defaultValue `"sum"`
   */
  denominator?: "sum" | "squares";
}

const diceRules = { ...ratioRules, denominator: oneOf("sum", "squares") };

/**
 * Dice loss: one minus twice the overlap over the sum of both sizes, for each class, then averaged.
 *
 * ```math
 * L = 1 - \frac{2 I + s_N}{P + G + s_D}, \qquad I = \sum_i v_i \min(p_i, g_i), \quad P = \sum_i v_i p_i, \quad G = \sum_i v_i g_i
 * ```
 *
 * The sums run over the voxels of a sample, or of the batch with `over: "batch"`; v is the voxel weight, 0 for ignored voxels.
 * For hard targets min(p, g) = p g, the usual form; for soft targets it makes `diceLoss(g, g)` zero. With `denominator: "squares"` the sums
 * of squares replace P and G, and I is the sum of products.
 *
 * Range [0, 1] with equal smoothing constants; 0 exactly at the perfect prediction. With `smoothNumerator` 0 a class that is absent costs 1
 * as soon as anything is predicted; with equal constants an empty prediction of an absent class costs 0.
 *
 * Differs from: MONAI, whose class weights leave the background out and whose soft targets intersect by product unless `soft_label`;
 * nnU-Net, which returns minus the Dice score; segmentation_models.pytorch, which takes batch sums (`over: "batch"`) and makes false
 * positives of absent classes free.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link DiceLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { diceLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * diceLoss(truth, prediction, { smooth: 1 }).print(); // 0.2333
 * ```
 *
 * @see F. Milletari, N. Navab, S.-A. Ahmadi: V-Net. 3DV 2016, {@link https://arxiv.org/abs/1606.04797}
 * @see Z. Wang et al.: Dice semimetric losses (the intersection for soft targets). MICCAI 2023, {@link https://arxiv.org/abs/2303.16296}
 */
export function diceLoss(labels: Tensor, predictions: Tensor, options?: DiceLossOptions): Tensor {
  return tidy(() => {
    const settled = readDiceOptions("diceLoss", options);
    const sums = overlapSums(prepare("diceLoss", labels, predictions, settled), settled);
    return reduceRatio("diceLoss", sums, settled, dicePerClass(settled.denominator));
  });
}

/**
 * Dice loss from overlap sums: of shards, patches or steps that were added up.
 *
 * ```math
 * L = 1 - \frac{2 I + s_N}{P + G + s_D}
 * ```
 *
 * Range, corners and what it differs from: those of {@link diceLoss}.
 *
 * @param overlap - sums as `overlap` returns them; with `denominator: "squares"` made with `intersection: "product"`
 * @param options - see {@link DiceLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for options that do not fit
 *
 * @example
 * ```ts
 * import { overlap } from "@lossary/core-reduce";
 * import { diceFromOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = overlap(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * diceFromOverlap(sums).print(); // 0.1429
 * ```
 *
 * @see {@link diceLoss}
 */
export function diceFromOverlap(overlap: Overlap, options?: DiceLossOptions): Tensor {
  return tidy(() => {
    const settled = readDiceOptions("diceFromOverlap", options);
    return reduceRatio("diceFromOverlap", overlap, settled, dicePerClass(settled.denominator));
  });
}

/** Squares are a metric already: they go with the product, and a semimetric that was asked for cannot be honoured. */
export function readDiceOptions(who: string, options: DiceLossOptions | undefined): Settled<typeof diceRules> {
  const settled = readOptions(who, options, diceRules);
  if (settled.denominator === "sum") return settled;
  if (options?.intersection === "semimetric") {
    throw new Error(`${who}: intersection "semimetric" contradicts denominator "squares", which goes with the product`);
  }
  return { ...settled, intersection: "product" };
}

/** The Dice loss of each (sample, class) as an equation in the sums. */
export function dicePerClass(denominator: "sum" | "squares") {
  return denominator === "squares" ? diceOfSquares : dice;
}

/** P + G = 2 I + FP + FN. */
function dice({ intersection, falsePositives, falseNegatives }: Overlap, smoothing: Smoothing): Tensor {
  return oneMinusRatio(add(falsePositives, falseNegatives), mul(2, intersection), smoothing);
}

/** sum p^2 + sum g^2 = 2 sum p g + sum (p - g)^2. */
function diceOfSquares({ intersection, squaredErrors }: Overlap, smoothing: Smoothing): Tensor {
  return oneMinusRatio(squaredErrors, mul(2, intersection), smoothing);
}
