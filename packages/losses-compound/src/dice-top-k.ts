import { type TopKLossOptions, topKLoss, topKTerm } from "@lossary/losses-distribution";
import type { DiceLossOptions } from "@lossary/losses-region";
import type { Tensor } from "@tensorflow/tfjs-core";
import { choicePass } from "./choice-pass.ts";
import { type CompoundOptions, type CompoundResult, type NamedTerm, sumOfNamed, type TermOptions } from "./compound.ts";
import { diceTerm } from "./overlap-terms.ts";

/** The options of {@link diceTopKLoss}. */
export interface DiceTopKLossOptions extends CompoundOptions {
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
   * Weight of the top-K term.
   * @defaultValue `1`
   */
  topKWeight?: number;
  /**
   * Options of the top-K term alone, over the shared ones.
   * @defaultValue none
   */
  topK?: TermOptions<TopKLossOptions>;
}

/**
 * Dice plus top-K cross entropy: Dice for the balance of the classes, and the hardest share of the voxels for everything else.
 *
 * ```math
 * L = w_D\, L_{\text{Dice}} + w_K\, L_{\text{topK}}
 * ```
 *
 * What counts as hard is an option of the top-K term, `topK: { percent }` or `topK: { threshold }`; ignored voxels never count.
 *
 * Range [0, ∞); 0 at the perfect prediction.
 *
 * Differs from: nnU-Net's DC_and_topk_loss, which subtracts the Dice score and takes its share of all voxels, the ignored ones included.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link DiceTopKLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`; with `components: true` a record of `dice`, `topK` (unweighted) and `total`
 * @throws Error naming the argument, what was expected and what came; also for `reduction: "none"`, since a voxel map and a table of classes do not add
 *
 * @example
 * ```ts
 * import { diceTopKLoss } from "@lossary/losses-compound";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * diceTopKLoss(truth, prediction).print(); // 1.4840
 * ```
 *
 * @see J. Ma et al.: Loss odyssey in medical image segmentation. Medical Image Analysis 2021, {@link https://doi.org/10.1016/j.media.2021.102035}
 */
export function diceTopKLoss<Options extends DiceTopKLossOptions = DiceTopKLossOptions>(
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
): CompoundResult<Options, "dice" | "topK"> {
  const terms: Record<"dice" | "topK", NamedTerm> = {
    dice: diceTerm,
    topK: { loss: topKLoss, weight: 1, pass: { run: (call) => choicePass(call, topKTerm) } },
  };
  return sumOfNamed("diceTopKLoss", labels, predictions, options, terms);
}
