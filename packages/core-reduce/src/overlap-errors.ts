import { type Tensor2D, unstack } from "@tensorflow/tfjs-core";
import { validVoxels } from "./counts.ts";
import type { Beside } from "./fused/voxel-arrays.ts";
import { kernelArguments, runKernel } from "./kernel.ts";
import type { SettledRatio } from "./options.ts";
import { type Overlap, overlapFrom, withoutBackground } from "./overlap.ts";
import { overlapErrorSumsKernel } from "./overlap-error-sums.ts";
import type { Problem } from "./problem.ts";

/**
 * Sums overlap, and the true negatives of each class in the same pass over the voxels. They are what the overlap sums leave of all voxels, but
 * where nearly every voxel is labelled that difference has no digits left.
 *
 * ```math
 * TN_{nc} = \sum_i v_i \min(1 - p_{ic}, 1 - g_{ic})
 * ```
 *
 * With `intersection: "product"` the terms are (1 - p) (1 - g). Gradients flow into the predictions alone.
 *
 * @param problem - as {@link prepare} returns it
 * @param options - which intersection, and whether class 0 takes part
 * @returns the record of overlap, and TN, `[batch, classes]`, at least 0
 *
 * @example
 * ```ts
 * import { overlapAndTrueNegatives, prepare, ratioRules, readOptions } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [0]]]);
 * const options = readOptions("myLoss", {}, ratioRules);
 * const problem = prepare("myLoss", truth, tensor3d([[[0.9], [0.2], [0.6]]]), options);
 * overlapAndTrueNegatives(problem, options).trueNegatives.print(); // 1.2
 * ```
 */
export function overlapAndTrueNegatives(
  problem: Problem,
  options: Pick<SettledRatio, "intersection" | "includeBackground">,
): { overlap: Overlap; trueNegatives: Tensor2D } {
  const { overlap, beside } = sumsOf(problem, options, "trueNegatives");
  return { overlap, trueNegatives: beside[0] as Tensor2D };
}

/**
 * Sums overlap, and the squared errors on either side of the truth in the same pass over the voxels.
 *
 * ```math
 * L_{nc} = \sum_i v_i (p_{ic} - g_{ic})^2 g_{ic}, \qquad U_{nc} = \sum_i v_i (p_{ic} - g_{ic})^2 (1 - g_{ic})
 * ```
 *
 * Gradients flow into the predictions alone.
 *
 * @param problem - as {@link prepare} returns it
 * @param options - which intersection, and whether class 0 takes part
 * @returns the record of overlap, and L and U, each `[batch, classes]`, at least 0
 *
 * @example
 * ```ts
 * import { overlapAndSidedErrors, prepare, ratioRules, readOptions } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, ratioRules);
 * const { ofLabelled, ofUnlabelled } = overlapAndSidedErrors(prepare("myLoss", truth, prediction, options), options);
 * ofLabelled.print(); // 0.66: 0.01 + 0.16 + 0.49
 * ofUnlabelled.print(); // 0.04
 * ```
 */
export function overlapAndSidedErrors(
  problem: Problem,
  options: Pick<SettledRatio, "intersection" | "includeBackground">,
): { overlap: Overlap; ofLabelled: Tensor2D; ofUnlabelled: Tensor2D } {
  const { overlap, beside } = sumsOf(problem, options, "sides");
  const [ofLabelled, ofUnlabelled] = beside as [Tensor2D, Tensor2D];
  return { overlap, ofLabelled, ofUnlabelled };
}

/**
 * Sums overlap, and the errors of each class to a power in the same pass over the voxels. Gradients flow into the predictions alone.
 *
 * ```math
 * E_{nc} = \sum_i v_i \lvert p_{ic} - g_{ic} \rvert^k
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @param options - which intersection, and whether class 0 takes part
 * @param exponent - k, at least 1, so that the gradient is finite where nothing is wrong
 * @returns the record of overlap, and E, `[batch, classes]`, at least 0
 *
 * @example
 * ```ts
 * import { overlapAndErrorPowers, prepare, ratioRules, readOptions } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, ratioRules);
 * const { errorPowers } = overlapAndErrorPowers(prepare("myLoss", truth, prediction, options), options, 1.5);
 * errorPowers.print(); // 0.9597: 0.1 ** 1.5 + 0.2 ** 1.5 + 0.4 ** 1.5 + 0.7 ** 1.5
 * ```
 */
export function overlapAndErrorPowers(
  problem: Problem,
  options: Pick<SettledRatio, "intersection" | "includeBackground">,
  exponent: number,
): { overlap: Overlap; errorPowers: Tensor2D } {
  const { overlap, beside } = sumsOf(problem, options, "powers", exponent);
  return { overlap, errorPowers: beside[0] as Tensor2D };
}

function sumsOf(
  problem: Problem,
  { intersection, includeBackground }: Pick<SettledRatio, "intersection" | "includeBackground">,
  beside: Beside,
  exponent = 1,
): { overlap: Overlap; beside: Tensor2D[] } {
  const { inputs, attributes } = kernelArguments(problem);
  const told = { ...attributes, product: intersection === "product", beside, exponent };
  const parts = unstack(runKernel(overlapErrorSumsKernel, inputs, told, problem.fused)) as Tensor2D[];
  const others = parts.slice(4);
  return {
    overlap: overlapFrom(parts.slice(0, 4), validVoxels(problem), includeBackground),
    beside: includeBackground ? others : others.map(withoutBackground),
  };
}
