import {
  type HausdorffDistanceLossOptions,
  hausdorffDistanceLoss,
  hausdorffDistanceTerm,
} from "@lossary/losses-boundary";
import type { DiceLossOptions } from "@lossary/losses-region";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type CompoundOptions, type CompoundResult, type NamedTerm, sumOfNamed, type TermOptions } from "./compound.ts";
import { fieldPass } from "./field-pass.ts";
import { diceTerm } from "./overlap-terms.ts";

/** The options of {@link diceHausdorffLoss}. */
export interface DiceHausdorffLossOptions extends CompoundOptions {
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
   * Weight of the Hausdorff term.
   * @defaultValue `0.01`
   */
  hausdorffWeight?: number;
  /**
   * Options of the Hausdorff term alone, over the shared ones.
   * @defaultValue none
   */
  hausdorff?: TermOptions<HausdorffDistanceLossOptions>;
}

/**
 * Dice plus Hausdorff distance loss: Dice for the bulk, the other term for the errors that lie far away from the border.
 *
 * ```math
 * L = w_D\, L_{\text{Dice}} + w_H\, L_{\text{Hausdorff}}
 * ```
 *
 * Distances grow with the image, so the weight of the second term starts small; Karimi and Salcudean balance both terms after each epoch by the
 * ratio of their values, which `components: true` gives.
 *
 * Range [0, ∞); 0 at the perfect prediction.
 *
 * Differs from: SegWithDistMap, whose distance maps are those of the foreground alone.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link DiceHausdorffLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`; with `components: true` a record of `dice`, `hausdorff` (unweighted) and `total`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { diceHausdorffLoss } from "@lossary/losses-compound";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * diceHausdorffLoss(truth, prediction).print(); // 0.2872
 * ```
 *
 * @see D. Karimi, S. E. Salcudean: Reducing the Hausdorff distance in medical image segmentation. IEEE TMI 2020, {@link https://arxiv.org/abs/1904.10030}
 */
export function diceHausdorffLoss<Options extends DiceHausdorffLossOptions = DiceHausdorffLossOptions>(
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
): CompoundResult<Options, "dice" | "hausdorff"> {
  const terms: Record<"dice" | "hausdorff", NamedTerm> = {
    dice: diceTerm,
    hausdorff: {
      loss: hausdorffDistanceLoss,
      weight: 0.01,
      pass: { run: (call) => fieldPass(call, hausdorffDistanceTerm) },
    },
  };
  return sumOfNamed("diceHausdorffLoss", labels, predictions, options, terms);
}
