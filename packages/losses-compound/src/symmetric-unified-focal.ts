import type { Tensor } from "@tensorflow/tfjs-core";
import type { UnifiedFocalLossOptions } from "./asymmetric-unified-focal.ts";
import { type CompoundResult, weigh } from "./compound.ts";
import { unifiedFocalTerms } from "./unified-focal.ts";

/**
 * Symmetric unified focal loss: focal cross entropy plus focal Tversky under one set of hyper-parameters, every class treated alike.
 *
 * ```math
 * L = \lambda\, \operatorname{E}_i\Big[\sum_c \delta_c\,(1-p_{ic})^{\gamma}\,(-g_{ic}\ln p_{ic})\Big]
 *   + (1 - \lambda)\, \operatorname{E}_c\big[(1 - T_c)^{1-\gamma}\big], \qquad \delta_0 = 1 - \delta,\ \delta_{c \ge 1} = \delta
 * ```
 *
 * T is the index of {@link asymmetricUnifiedFocalLoss}, which modulates the background in the first part and the foreground in the second
 * alone; options and conventions are the same.
 *
 * Range [0, ∞); 0 at the perfect prediction. With `gamma: 0` both losses are one.
 *
 * Differs from: the authors' code, which is binary alone.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link UnifiedFocalLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`; with `components: true` a record of `focal`, `tversky` (unweighted) and `total`
 * @throws Error naming the argument, what was expected and what came; also for `reduction: "none"`, since a voxel map and a table of classes do not add
 *
 * @example
 * ```ts
 * import { symmetricUnifiedFocalLoss } from "@lossary/losses-compound";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[0, 1]], [1, 2], "int32");
 * const prediction = tensor3d([[[0.75, 0.25], [0.5, 0.5]]]);
 * symmetricUnifiedFocalLoss(truth, prediction).print(); // 0.3956
 * ```
 *
 * @see M. Yeung et al.: Unified focal loss. Computerized Medical Imaging and Graphics 2022, {@link https://arxiv.org/abs/2102.04525}
 */
export function symmetricUnifiedFocalLoss<Options extends UnifiedFocalLossOptions = UnifiedFocalLossOptions>(
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
): CompoundResult<Options, "focal" | "tversky"> {
  const who = "symmetricUnifiedFocalLoss";
  return weigh(who, options, () => unifiedFocalTerms(who, "symmetric", labels, predictions, options));
}
