import type { CrossEntropyLossOptions } from "@lossary/losses-distribution";
import type { DiceLossOptions } from "@lossary/losses-region";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type CompoundOptions, type CompoundResult, sumOfNamed, type TermOptions } from "./compound.ts";
import { crossEntropyTerm } from "./cross-entropy-terms.ts";
import { diceTerm } from "./overlap-terms.ts";

/** The options of {@link diceCrossEntropyLoss}. */
export interface DiceCrossEntropyLossOptions extends CompoundOptions {
  /**
   * Weight of the Dice term.
   * @defaultValue `1`
   */
  diceWeight?: number;
  /**
   * Options of the Dice term alone, over the shared ones.
   * @defaultValue none
   */
  dice?: TermOptions<DiceLossOptions>;
  /**
   * Weight of the cross-entropy term.
   * @defaultValue `1`
   */
  crossEntropyWeight?: number;
  /**
   * Options of the cross-entropy term alone, over the shared ones.
   * @defaultValue none
   */
  crossEntropy?: TermOptions<CrossEntropyLossOptions>;
}

/**
 * Dice plus cross entropy, the loss to begin with: cross entropy gives every voxel a gradient from the first step on, Dice holds the balance
 * between small and large structures.
 *
 * ```math
 * L = w_D\, L_{\text{Dice}} + w_X\, L_{\text{CE}}
 * ```
 *
 * Shared options hold for both terms: activation, ignored labels, voxel weights, background. A term's own options stand in its record.
 *
 * Range [0, ∞); 0 at the perfect prediction.
 *
 * Differs from: MONAI's DiceCELoss, whose `include_background` reaches the Dice term alone and whose class weights have two lengths;
 * nnU-Net, which subtracts the Dice score, so that its best value is -1.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link DiceCrossEntropyLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`; with `components: true` a record of `dice`, `crossEntropy` (unweighted) and `total`
 * @throws Error naming the argument, what was expected and what came; also for `reduction: "none"`, since a voxel map and a table of classes do not add
 *
 * @example
 * ```ts
 * import { diceCrossEntropyLoss } from "@lossary/losses-compound";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const { dice, total } = diceCrossEntropyLoss(truth, prediction, { components: true, dice: { smooth: 1 } });
 * dice.print(); // 0.2333
 * total.print(); // 0.7442
 * ```
 *
 * @see F. Isensee et al.: nnU-Net. Nature Methods 2021, {@link https://arxiv.org/abs/1809.10486}
 */
export function diceCrossEntropyLoss<Options extends DiceCrossEntropyLossOptions = DiceCrossEntropyLossOptions>(
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
): CompoundResult<Options, "dice" | "crossEntropy"> {
  const terms = {
    dice: diceTerm,
    crossEntropy: crossEntropyTerm,
  };
  return sumOfNamed("diceCrossEntropyLoss", labels, predictions, options, terms);
}
