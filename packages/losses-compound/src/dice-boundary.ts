import { type BoundaryLossOptions, boundaryLoss, boundaryTerm } from "@lossary/losses-boundary";
import type { DiceLossOptions } from "@lossary/losses-region";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type CompoundOptions, type CompoundResult, type NamedTerm, sumOfNamed, type TermOptions } from "./compound.ts";
import { fieldPass } from "./field-pass.ts";
import { diceTerm } from "./overlap-terms.ts";

/** The options of {@link diceBoundaryLoss}. */
export interface DiceBoundaryLossOptions extends CompoundOptions {
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
   * Weight of the boundary term.
   * @defaultValue `0.01`
   */
  boundaryWeight?: number;
  /**
   * Options of the boundary term alone, over the shared ones.
   * @defaultValue none
   */
  boundary?: TermOptions<BoundaryLossOptions>;
}

/**
 * Dice plus boundary loss: Dice finds the region, the boundary loss moves its border to where it belongs.
 *
 * ```math
 * L = w_D\, L_{\text{Dice}} + w_B\, L_{\text{boundary}}
 * ```
 *
 * The boundary loss alone may collapse to an empty prediction, so its weight starts small. Raise it epoch by epoch with `rampBoundary`, or move
 * weight over from Dice with `rebalance`, both of `@lossary/losses-boundary`. Distance maps made in a data loader go into
 * `boundary: { distanceMap }`, the size of a voxel into `boundary: { spacing }`.
 *
 * Range: signed, as that of the boundary loss; the minimum is at the perfect prediction and below 0.
 *
 * Differs from: the authors' code, which truncates distances to integers.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link DiceBoundaryLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`; with `components: true` a record of `dice`, `boundary` (unweighted) and `total`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { diceBoundaryLoss } from "@lossary/losses-compound";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * diceBoundaryLoss(truth, prediction).print(); // 0.2797
 * ```
 *
 * @see H. Kervadec et al.: Boundary loss for highly unbalanced segmentation. MIDL 2019, {@link https://arxiv.org/abs/1812.07032}
 */
export function diceBoundaryLoss<Options extends DiceBoundaryLossOptions = DiceBoundaryLossOptions>(
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
): CompoundResult<Options, "dice" | "boundary"> {
  const terms: Record<"dice" | "boundary", NamedTerm> = {
    dice: diceTerm,
    boundary: { loss: boundaryLoss, weight: 0.01, pass: { run: (call) => fieldPass(call, boundaryTerm) } },
  };
  return sumOfNamed("diceBoundaryLoss", labels, predictions, options, terms);
}
