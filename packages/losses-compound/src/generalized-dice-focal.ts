import type { FocalLossOptions } from "@lossary/losses-distribution";
import type { GeneralizedDiceLossOptions } from "@lossary/losses-region";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type CompoundOptions, type CompoundResult, compoundRules, sumOfNamed, type TermOptions } from "./compound.ts";
import { focalTerm } from "./cross-entropy-terms.ts";
import { generalizedDiceTerm } from "./overlap-terms.ts";

/** The options of {@link generalizedDiceFocalLoss}. */
export interface GeneralizedDiceFocalLossOptions extends Omit<CompoundOptions, "normalize"> {
  /**
   * Weight of the generalised Dice term.
   * @defaultValue `1`
   */
  generalizedDiceWeight?: number;
  /**
   * Options of the generalised Dice term alone, over the shared ones.
   * @defaultValue none
   */
  generalizedDice?: TermOptions<GeneralizedDiceLossOptions>;
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

// generalised Dice is one ratio over all classes and has no mean over them; normalize is an option of the focal term
const { normalize: _, ...ofBothTerms } = compoundRules;

/**
 * Generalised Dice plus focal loss: both terms against imbalance, the one by the volume of the classes, the other by how hard a voxel is.
 *
 * ```math
 * L = w_G\, L_{\text{GDL}} + w_F\, L_{\text{focal}}
 * ```
 *
 * Range [0, ∞); 0 at the perfect prediction.
 *
 * Differs from: MONAI's GeneralizedDiceFocalLoss, whose focal term uses sigmoid whatever the activation, and divides by the number of classes.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link GeneralizedDiceFocalLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`; with `components: true` a record of `generalizedDice`, `focal` (unweighted) and `total`
 * @throws Error naming the argument, what was expected and what came; also for `reduction: "none"`, since a voxel map and a table of classes do not add
 *
 * @example
 * ```ts
 * import { generalizedDiceFocalLoss } from "@lossary/losses-compound";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * generalizedDiceFocalLoss(truth, prediction).print(); // 0.4504
 * ```
 *
 * @see C. H. Sudre et al.: Generalised Dice overlap. DLMIA 2017, {@link https://arxiv.org/abs/1707.03237}
 * @see T.-Y. Lin et al.: Focal loss for dense object detection. ICCV 2017, {@link https://arxiv.org/abs/1708.02002}
 */
export function generalizedDiceFocalLoss<
  Options extends GeneralizedDiceFocalLossOptions = GeneralizedDiceFocalLossOptions,
>(labels: Tensor, predictions: Tensor, options?: Options): CompoundResult<Options, "generalizedDice" | "focal"> {
  const terms = {
    generalizedDice: generalizedDiceTerm,
    focal: focalTerm,
  };
  return sumOfNamed("generalizedDiceFocalLoss", labels, predictions, options, terms, ofBothTerms);
}
