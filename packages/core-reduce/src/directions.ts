import type { Tensor1D, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { refused } from "./distributions.ts";
import { fusedDirectionLosses, fusedFaceDivergences } from "./fused/reductions/directions.ts";
import { type KernelInputs, runConstant, runKernel } from "./kernel.ts";
import type { Activation } from "./loss.ts";

/** Distributions of the voxels of an image. */
export interface DistributionInputs {
  /** What {@link distributions} returns, `[batch, voxels, 2 sides]`. */
  readonly distributions: Tensor3D;
  /** `[batch, voxels]`; nothing where every voxel weighs 1. */
  readonly weights?: Tensor2D | undefined;
}

/** A predicted boundary, and the distances that say where it should go. */
export interface DirectionInputs extends DistributionInputs, KernelInputs {
  /** What the distributions were made of, `[batch, voxels, classes]`. */
  readonly predictions: Tensor3D;
  readonly weights?: Tensor2D | undefined;
  /** How far each voxel is from the true boundary, `[batch, voxels, 1]`. */
  readonly distance: Tensor3D;
  /** 1 on the predicted boundary, `[batch, voxels, 1]`. */
  readonly boundary: Tensor3D;
}

/** What {@link directionLosses} is told. */
export interface DirectionAttributes {
  /** What made the distributions of the predictions. */
  readonly activation: Activation;
  /** The sides of the image. */
  readonly spatial: readonly number[];
  /** The distance from which on a voxel costs no more. */
  readonly maxDistance: number;
  /** The share of the target that is spread over all neighbours. */
  readonly smoothing: number;
  /** Distances that differ by a smaller share of themselves are equal. */
  readonly tie: number;
}

/**
 * How much each voxel's distribution turns towards its face neighbours; a constant. For backends on which {@link distributions} returns something.
 *
 * ```math
 * y_i = \sum_{j \in F(i)} \mathrm{KL}(P_i \,\|\, P_j)
 * ```
 *
 * F holds the neighbours one step away along an axis that are in the image and have a weight.
 *
 * @param inputs - distributions, and weights where there are any
 * @param spatial - the sides of the image
 * @returns `[batch, voxels]`, 0 where there is no weight
 *
 * @example
 * ```ts
 * import { faceDivergences } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const record = (p: number) => [p, 1 - p, -Math.log(p), -Math.log(1 - p)];
 * const distributions = tensor3d([[record(0.5), record(0.5), record(0.25)]]);
 * faceDivergences({ distributions }, [3]).print(); // 0, 0.1438, 0.1308
 * ```
 */
export function faceDivergences({ distributions, weights }: DistributionInputs, spatial: readonly number[]): Tensor2D {
  const inputs = { predictions: distributions, weights };
  return runConstant(fusedFaceDivergences, inputs, { spatial }, true, refused("faceDivergences"));
}

/**
 * What it costs that the voxels of a predicted boundary are not like the neighbour that is nearest to the true one. For backends on which
 * {@link distributions} returns something.
 *
 * ```math
 * L_n = \frac{\sum_{i \in B} v_i\, \frac{\min(M_i, M)}{M}\, D_i}{\sum_{i \in B} v_i}, \qquad D_i = -\sum_j t_{ij} \ln \operatorname{softmax}_j \mathrm{KL}(P_i \,\|\, P_j)
 * ```
 *
 * j are the neighbours that share a corner and have a weight, M_i the distances, t the target: 1 on the nearest neighbours in equal parts, less what is spread.
 * B holds the voxels of the boundary that have a nearer neighbour.
 *
 * @param inputs - predictions, their distributions, distances, boundary, and weights where there are any
 * @param attributes - see {@link DirectionAttributes}
 * @returns `[batch]`, at least 0, differentiable with respect to the predictions of the voxels i alone
 *
 * @example
 * ```ts
 * import { directionLosses } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * // the second of three voxels should become like the first: ln 2 with two neighbours that are alike
 * const predictions = tensor3d([[[0.5], [0.5], [0.5]]]);
 * const distributions = tensor3d([new Array(3).fill([0.5, 0.5, Math.LN2, Math.LN2])]);
 * const column = (values: number[]) => tensor3d(values, [1, 3, 1]);
 * const inputs = { predictions, distributions, distance: column([0, 1, 2]), boundary: column([0, 1, 0]) };
 * directionLosses(inputs, { activation: "none", spatial: [3], maxDistance: 1, smoothing: 0, tie: 1e-6 }).print(); // 0.6931
 * ```
 */
export function directionLosses(inputs: DirectionInputs, attributes: DirectionAttributes): Tensor1D {
  const only = refused("directionLosses");
  const kernel = { fused: fusedDirectionLosses, forward: only, backward: only };
  return runKernel(kernel, inputs, { ...attributes, ignoreLabel: Number.NaN }, true) as Tensor1D;
}
