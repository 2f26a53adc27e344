import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { kernelArguments, runKernel } from "./kernel.ts";
import type { Problem } from "./problem.ts";
import { squaredErrorSumsKernel } from "./squared-error-sums.ts";

/**
 * The sums of v (p - g)^2 f of each (sample, class), `[batch, classes]`, differentiable with respect to the predictions.
 *
 * @param field - f, constant, `[batch, voxels, classes]`; or `"labelled"` for f = g, `"unlabelled"` for f = 1 - g
 */
export function squaredErrorSums(problem: Problem, field: Tensor3D | "labelled" | "unlabelled"): Tensor2D {
  const { inputs, attributes } = kernelArguments(problem);
  const given = typeof field === "string" ? undefined : field;
  const over = typeof field === "string" ? field : "field";
  return runKernel(
    squaredErrorSumsKernel,
    { ...inputs, field: given },
    { ...attributes, over },
    problem.fused,
  ) as Tensor2D;
}
