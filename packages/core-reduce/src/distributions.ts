import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { fusedDistributions } from "./fused/reductions/directions.ts";
import { isFused, runConstant } from "./kernel.ts";
import type { Problem } from "./problem.ts";

/**
 * The distributions of the voxels as {@link faceDivergences} and {@link directionLosses} read them, where the backend has kernels for these; a constant.
 *
 * ```math
 * (P_{i1}, \dots, P_{ik}, -\ln P_{i1}, \dots, -\ln P_{ik})
 * ```
 *
 * Of one channel p the sides are p and 1 - p. Logarithms are those of the logits where there are logits: finite where P itself has become 0. At ignored
 * voxels stands the distribution of the prediction 0.
 *
 * @param problem - as {@link prepare} returns it
 * @param weights - what {@link weightsOf} says of it
 * @returns `[batch, voxels, 2 sides]`; nothing where no fused kernel may run, or the backend has none
 *
 * @example
 * ```ts
 * import { distributions, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor3d, zeros } from "@tensorflow/tfjs";
 *
 * const options = readOptions("myLoss", { activation: "sigmoid" }, sharedRules);
 * const problem = prepare("myLoss", zeros([1, 2, 1]), tensor3d([[[0], [200]]]), options);
 * distributions(problem, undefined)?.print(); // 0.5, 0.5, 0.6931, 0.6931, 1, 0, 0, 200
 * ```
 */
export function distributions(
  { predictions, activation, fused }: Problem,
  weights: Tensor2D | undefined,
): Tensor3D | undefined {
  if (!fused || !isFused(fusedDistributions)) return undefined;
  return runConstant(fusedDistributions, { predictions, weights }, { activation }, true, refused("distributions"));
}

/** Kernels on arrays are never refused, so that nothing has to stand in for them. */
export function refused(who: string): () => never {
  return () => {
    throw new Error(`${who}: there is no other implementation than the kernel`);
  };
}
