import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { fusedDirectionLosses, fusedFaceDivergences } from "./fused/reductions/directions.ts";
import { isFused, type KernelInputs, runConstant, runKernel } from "./kernel.ts";

/** Distributions of the voxels of an image. */
export interface DistributionInputs extends KernelInputs {
  /** ln P, `[batch, voxels, classes]`; of p and 1 - p, where there is one channel. */
  readonly logarithms: Tensor3D;
}

/** A predicted boundary, and the distances that say where it should go. */
export interface DirectionInputs extends DistributionInputs {
  /** How far each voxel is from the true boundary, `[batch, voxels, 1]`. */
  readonly distance: Tensor3D;
  /** 1 on the predicted boundary, `[batch, voxels, 1]`. */
  readonly boundary: Tensor3D;
}

/** What {@link directionLosses} is told. */
export interface DirectionAttributes {
  /** The sides of the image. */
  readonly spatial: readonly number[];
  /** The distance from which on a voxel costs no more. */
  readonly maxDistance: number;
  /** The share of the target that is spread over all neighbours. */
  readonly smoothing: number;
  /** Distances that differ by a smaller share of themselves are equal. */
  readonly tie: number;
}

const ofProbabilities = { activation: "none", ignoreLabel: Number.NaN } as const;

/**
 * How much each voxel's distribution turns towards its face neighbours; a constant.
 *
 * ```math
 * y_i = \sum_{j \in F(i)} \mathrm{KL}(P_i \,\|\, P_j)
 * ```
 *
 * F holds the neighbours one step away along an axis that are in the image and have a weight.
 *
 * @param inputs - probabilities as `predictions`, their logarithms, and weights where there are any
 * @param spatial - the sides of the image
 * @param fused - whether a fused kernel may run
 * @param portable - makes the same where none does
 * @returns `[batch, voxels]`, 0 where there is no weight
 *
 * @example
 * ```ts
 * import { faceDivergences } from "@lossary/core-reduce";
 * import { log, tensor3d } from "@tensorflow/tfjs";
 *
 * const p = tensor3d([[[0.5, 0.5], [0.5, 0.5], [0.25, 0.75]]]);
 * const refused = (): never => {
 *   throw new Error("there is no portable implementation");
 * };
 * faceDivergences({ predictions: p, logarithms: log(p) }, [3], true, refused).print(); // 0, 0.1438, 0.1308
 * ```
 */
export function faceDivergences(
  inputs: DistributionInputs,
  spatial: readonly number[],
  fused: boolean,
  portable: () => Tensor2D,
): Tensor2D {
  return runConstant(fusedFaceDivergences, { ...inputs }, { ...ofProbabilities, spatial }, fused, portable);
}

/**
 * What it costs that the voxels of a predicted boundary are not like the neighbour that is nearest to the true one.
 *
 * ```math
 * L_n = \frac{\sum_{i \in B} v_i\, \frac{\min(M_i, M)}{M}\, D_i}{\sum_{i \in B} v_i}, \qquad D_i = -\sum_j t_{ij} \ln \operatorname{softmax}_j \mathrm{KL}(P_i \,\|\, P_j)
 * ```
 *
 * j are the neighbours that share a corner and have a weight, M_i the distances, t the target: 1 on the nearest neighbours in equal parts, less what is spread.
 * B holds the voxels of the boundary that have a nearer neighbour.
 *
 * @param inputs - probabilities as `predictions`, their logarithms, distances, boundary, and weights where there are any
 * @param attributes - see {@link DirectionAttributes}
 * @param fused - whether a fused kernel may run
 * @param portable - makes the same, differentiable, where none does
 * @returns `[batch]`, at least 0, differentiable with respect to the probabilities P_i alone
 *
 * @example
 * ```ts
 * import { directionLosses } from "@lossary/core-reduce";
 * import { log, tensor3d } from "@tensorflow/tfjs";
 *
 * // the second of three voxels should become like the first: ln 2 with two neighbours that are alike
 * const p = tensor3d([[[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]]);
 * const column = (values: number[]) => tensor3d(values, [1, 3, 1]);
 * const refused = (): never => {
 *   throw new Error("there is no portable implementation");
 * };
 * const inputs = { predictions: p, logarithms: log(p), distance: column([0, 1, 2]), boundary: column([0, 1, 0]) };
 * directionLosses(inputs, { spatial: [3], maxDistance: 1, smoothing: 0, tie: 1e-6 }, true, refused).print(); // 0.6931
 * ```
 */
export function directionLosses(
  inputs: DirectionInputs,
  attributes: DirectionAttributes,
  fused: boolean,
  portable: () => Tensor1D,
): Tensor1D {
  if (!fused || !isFused(fusedDirectionLosses.forward)) return portable();
  const kernel = {
    fused: fusedDirectionLosses,
    forward: portable,
    backward: (): never => {
      throw new Error("directionLosses: the gradient must be that of the kernel");
    },
  };
  return runKernel(kernel, inputs, { ...ofProbabilities, ...attributes }, true) as Tensor1D;
}
