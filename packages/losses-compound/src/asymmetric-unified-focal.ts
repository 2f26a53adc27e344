import type { RatioOptions } from "@lossary/core-reduce";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type CompoundResult, weigh } from "./compound.ts";
import { unifiedFocalTerms } from "./unified-focal.ts";

/** The options of {@link asymmetricUnifiedFocalLoss} and {@link symmetricUnifiedFocalLoss}. */
export interface UnifiedFocalLossOptions extends RatioOptions {
  /**
   * Weight λ of the focal part; the Tversky part has 1 - λ.
   * @defaultValue `0.5`
   */
  focalWeight?: number;
  /**
   * Weight δ of the foreground in the focal part and of what is missed in the Tversky part, from 0 to 1.
   * @defaultValue `0.6`
   */
  delta?: number;
  /**
   * How much easy voxels are suppressed and rare classes enhanced: at least 0, and below 1 unless `focalWeight` is 1, where the
   * Tversky part is left out (its component is 0).
   * @defaultValue `0.5`
   */
  gamma?: number;
  /**
   * Share of the target that is spread evenly in the focal part; hard targets only.
   * @defaultValue `0`
   */
  labelSmoothing?: number;
  /**
   * Whether to return a record with the total and the unweighted value of each part instead of the total alone.
   * @defaultValue `false`
   */
  components?: boolean;
}

/**
 * Asymmetric unified focal loss: focal cross entropy that suppresses the background alone, plus focal Tversky that enhances the foreground
 * alone, under one set of hyper-parameters.
 *
 * ```math
 * L = \lambda L_{maF} + (1 - \lambda) L_{maFT}
 * ```
 *
 * ```math
 * L_{maF} = \operatorname{E}_i\Big[(1-\delta)(1-p_{i0})^{\gamma}\,(-g_{i0}\ln p_{i0}) + \delta \sum_{c \ge 1} (-g_{ic} \ln p_{ic})\Big], \qquad
 * L_{maFT} = \operatorname{E}_c\Big[1 - T_0,\ (1 - T_c)^{1-\gamma}\Big]
 * ```
 *
 * ```math
 * T_c = \frac{I_c + s_N}{I_c + \delta\, FN_c + (1-\delta)\, FP_c + s_D}
 * ```
 *
 * Class 0 is the background. Independent channels (`multiLabel`, or one class) are two-class problems of their own, averaged. The power
 * below 1 has gradient 0 where T is 1.
 *
 * Range [0, ∞); 0 at the perfect prediction. With `gamma: 0` and `delta: 0.5` the focal part is half the cross entropy, the Tversky part
 * Tversky with weights of one half.
 *
 * Differs from: MONAI, which is binary alone, takes probabilities alone and has other defaults than the authors.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link UnifiedFocalLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`; with `components: true` a record of `focal`, `tversky` (unweighted) and `total`
 * @throws Error naming the argument, what was expected and what came; also for `reduction: "none"`, since a voxel map and a table of classes do not add
 *
 * @example
 * ```ts
 * import { asymmetricUnifiedFocalLoss } from "@lossary/losses-compound";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[0, 1]], [1, 2], "int32");
 * const prediction = tensor3d([[[0.75, 0.25], [0.5, 0.5]]]);
 * asymmetricUnifiedFocalLoss(truth, prediction).print(); // 0.3646
 * ```
 *
 * @see M. Yeung et al.: Unified focal loss. Computerized Medical Imaging and Graphics 2022, {@link https://arxiv.org/abs/2102.04525}
 */
export function asymmetricUnifiedFocalLoss<Options extends UnifiedFocalLossOptions = UnifiedFocalLossOptions>(
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
): CompoundResult<Options, "focal" | "tversky"> {
  const who = "asymmetricUnifiedFocalLoss";
  return weigh(who, options, () => unifiedFocalTerms(who, "asymmetric", labels, predictions, options));
}
