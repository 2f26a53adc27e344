import type { FocalLossOptions } from "@lossary/losses-distribution";
import type { DiceLossOptions } from "@lossary/losses-region";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type CompoundOptions, type CompoundResult, sumOfNamed, type TermOptions } from "./compound.ts";
import { focalTerm } from "./cross-entropy-terms.ts";
import { diceTerm } from "./overlap-terms.ts";

/** The options of {@link diceFocalLoss}. */
export interface DiceFocalLossOptions extends CompoundOptions {
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
   * Weight of the focal term.
   * @defaultValue `1`
   */
  focalWeight?: number;
  /**
   * Options of the focal term alone, over the shared ones.
   * @defaultValue none
   */
  focal?: TermOptions<FocalLossOptions>;
}

/**
 * Dice plus focal loss: for structures so small that even beside Dice the easy background drowns the cross entropy.
 *
 * ```math
 * L = w_D\, L_{\text{Dice}} + w_F\, L_{\text{focal}}
 * ```
 *
 * One activation for both terms: softmax focal loss beside softmax Dice, sigmoid beside sigmoid. Focusing and balance are options of the
 * focal term, `focal: { gamma, alpha }`.
 *
 * Range [0, ∞); 0 at the perfect prediction.
 *
 * Differs from: MONAI's DiceFocalLoss, whose focal term uses sigmoid even where Dice uses softmax, and divides by the number of classes.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link DiceFocalLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`; with `components: true` a record of `dice`, `focal` (unweighted) and `total`
 * @throws Error naming the argument, what was expected and what came; also for `reduction: "none"`, since a voxel map and a table of classes do not add
 *
 * @example
 * ```ts
 * import { diceFocalLoss } from "@lossary/losses-compound";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * diceFocalLoss(truth, prediction).print(); // 0.4504
 * ```
 *
 * @see W. Zhu et al.: AnatomyNet. Medical Physics 2019, {@link https://arxiv.org/abs/1808.05238}
 */
export function diceFocalLoss<Options extends DiceFocalLossOptions = DiceFocalLossOptions>(
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
): CompoundResult<Options, "dice" | "focal"> {
  const terms = {
    dice: diceTerm,
    focal: focalTerm,
  };
  return sumOfNamed("diceFocalLoss", labels, predictions, options, terms);
}
