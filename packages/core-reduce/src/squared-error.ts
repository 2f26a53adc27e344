import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { kernelArguments, runKernel } from "./kernel.ts";
import type { Problem } from "./problem.ts";
import { squaredErrorSumsKernel } from "./squared-error-sums.ts";

/**
 * Squared errors, weighed with a field over the voxels and summed. Gradients flow into the predictions alone.
 *
 * ```math
 * S_{nc} = \sum_i v_i\, f_{ic}\, (p_{ic} - g_{ic})^2
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @param field - f, constant, `[batch, voxels, classes]`
 * @returns `[batch, classes]`
 *
 * @example
 * ```ts
 * import { prepare, readOptions, sharedRules, squaredErrorSums } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const problem = prepare("myLoss", truth, prediction, readOptions("myLoss", {}, sharedRules));
 *
 * squaredErrorSums(problem, tensor3d([[[2], [3], [0], [1]]])).print(); // 0.63
 * ```
 */
export function squaredErrorSums(problem: Problem, field: Tensor3D): Tensor2D {
  const { inputs, attributes } = kernelArguments(problem);
  return runKernel(squaredErrorSumsKernel, { ...inputs, field }, attributes, problem.fused) as Tensor2D;
}
