import {
  add,
  mul,
  reshape,
  square,
  stack,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  unstack,
} from "@tensorflow/tfjs-core";
import { throughActivation } from "./activation.ts";
import { validVoxels } from "./counts.ts";
import { fusedOverlapFieldSums } from "./fused/reductions/overlap-field-sums.ts";
import type { Fielded } from "./fused/voxel-arrays.ts";
import { type Kernel, type KernelInputs, kernelArguments, runKernel } from "./kernel.ts";
import type { SettledRatio } from "./options.ts";
import { type Overlap, overlapFrom } from "./overlap.ts";
import { type OverlapAttributes, overlapTerms, readOverlap, shortfall, slopeOfOverlap } from "./overlap-sums.ts";
import type { Problem } from "./problem.ts";
import { sumVoxels } from "./sum-voxels.ts";
import { weighed, withoutIgnored } from "./targets.ts";

export type { Fielded } from "./fused/voxel-arrays.ts";

/** The inputs of the kernel of overlap and a field: the common ones, and the field f. */
export interface OverlapFieldInputs extends KernelInputs {
  /** `[batch, voxels, classes]`, constant. */
  readonly field: Tensor3D;
}

/** What that kernel is told. */
export interface OverlapFieldAttributes extends OverlapAttributes {
  /** What the field multiplies: p, or (p - g)^2. */
  readonly fielded: Fielded;
}

/** The sums of overlap, and in the same pass that of v p f or of v (p - g)^2 f, `[5, batch, classes]`: one activation serves both. */
export const overlapFieldSumsKernel: Kernel<OverlapFieldInputs, OverlapFieldAttributes> = {
  fused: fusedOverlapFieldSums,
  forward(inputs, attributes) {
    const { activated, target, weights } = readOverlap(inputs, attributes);
    const field = withoutIgnored(inputs.field, weights);
    const value = attributes.fielded === "probability" ? activated.probability : square(shortfall(activated, target));
    const terms = [...overlapTerms(activated, target, attributes.product), mul(value, field) as Tensor3D];
    return stack(terms.map((term) => sumVoxels(weighed(term, weights))));
  },
  backward(upstream, inputs, attributes) {
    const { activated, target, weights } = readOverlap(inputs, attributes);
    const field = withoutIgnored(inputs.field, weights);
    const parts = unstack(upstream) as Tensor2D[];
    const ofOverlap = slopeOfOverlap(parts.slice(0, 4), activated, target, attributes.product);
    const ofSum = parts[4] as Tensor2D;
    const [batch, classes] = ofSum.shape;
    const slope: Tensor =
      attributes.fielded === "probability" ? field : mul(mul(shortfall(activated, target), -2), field);
    const ofField = mul(slope, reshape(ofSum, [batch, 1, classes]));
    return weighed(throughActivation(add(ofOverlap, ofField), activated, attributes.activation), weights);
  },
};

/**
 * Sums overlap, and what a field multiplies, of a prepared problem in one pass over the voxels: one activation forward, one backward.
 *
 * ```math
 * I_{nc} = \sum_i v_i \min(p_{ic}, g_{ic}), \qquad F_{nc} = \sum_i v_i\, p_{ic} f_{ic} \quad\text{or}\quad F_{nc} = \sum_i v_i\, (p_{ic} - g_{ic})^2 f_{ic}
 * ```
 *
 * and everything else that {@link overlap} returns.
 *
 * @param problem - as {@link prepare} returns it
 * @param ofOverlap - which intersection, and whether class 0 takes part in the overlap
 * @param field - f, constant, `[batch, voxels, classes]`; what stands at voxels that do not count is not read
 * @param fielded - what it multiplies: p, or (p - g)^2
 * @returns the record of overlap, and F of every class, `[batch, classes]`
 *
 * @example
 * ```ts
 * import { overlapAndFieldSums, prepare, ratioRules, readOptions } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const distances = tensor3d([[[-1], [2], [0], [-2]]]);
 * const options = readOptions("myLoss", {}, ratioRules);
 * const problem = prepare("myLoss", truth, prediction, options);
 * const sums = overlapAndFieldSums(problem, options, distances, "probability");
 * sums.overlap.intersection.print(); // 1.8
 * sums.ofField.print(); // -1.1
 * ```
 */
export function overlapAndFieldSums(
  problem: Problem,
  ofOverlap: Pick<SettledRatio, "intersection" | "includeBackground">,
  field: Tensor3D,
  fielded: Fielded,
): { overlap: Overlap; ofField: Tensor2D } {
  const { inputs, attributes } = kernelArguments(problem);
  const told = { ...attributes, product: ofOverlap.intersection === "product", fielded };
  const parts = unstack(runKernel(overlapFieldSumsKernel, { ...inputs, field }, told, problem.fused)) as Tensor2D[];
  return {
    overlap: overlapFrom(parts.slice(0, 4), validVoxels(problem), ofOverlap.includeBackground),
    ofField: parts[4] as Tensor2D,
  };
}
