import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { fusedOffBoundary } from "./fused/reductions/label-boundary.ts";
import { runConstant } from "./kernel.ts";
import type { Problem } from "./problem.ts";

/**
 * Where labels are not on the boundary between their regions, as a map of distances to it wants them. A region is what {@link labelRegions} and, for
 * several dense classes, which exclude each other, {@link largestRegions} say; of one class, its region and the rest.
 *
 * ```math
 * o_i = 1 - \max_{j \in F(i)} [\, R_j \neq R_i \,]
 * ```
 *
 * F holds the neighbours one step away along an axis. Voxels without a weight are on no boundary, and nobody's neighbours.
 *
 * @param problem - as {@link prepare} returns it
 * @param weights - what {@link weightsOf} says of it
 * @param portable - makes the same where there is no kernel
 * @returns `[batch, voxels, 1]`, 0 or 1, constant for every gradient
 *
 * @example
 * ```ts
 * import { offBoundary, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * const labels = tensor2d([[0, 0, 2, 2, 2]], [1, 5], "int32");
 * const problem = prepare("myLoss", labels, zeros([1, 5, 3]), readOptions("myLoss", {}, sharedRules));
 * const refused = (): never => {
 *   throw new Error("there is no portable implementation");
 * };
 * offBoundary(problem, undefined, refused).print(); // 1, 0, 0, 1, 1
 * ```
 */
export function offBoundary(
  { labels, spatial, classes, fused }: Problem,
  weights: Tensor2D | undefined,
  portable: () => Tensor3D,
): Tensor3D {
  return runConstant(fusedOffBoundary, { labels, weights }, { spatial, classes }, fused, portable);
}
