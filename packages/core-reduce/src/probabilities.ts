import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import { activate, throughActivation } from "./activation.ts";
import { type Kernel, type KernelAttributes, type KernelInputs, kernelArguments, runKernel } from "./kernel.ts";
import type { Problem } from "./problem.ts";
import { viewAs } from "./view-as.ts";

/** The probabilities themselves, for losses that need to look at their neighbourhood. */
export const probabilitiesKernel: Kernel<KernelInputs, KernelAttributes> = {
  name: "LossaryProbabilities",
  forward: ({ predictions }, { activation }) => activate(predictions, activation).probability,
  backward: (upstream, { predictions }, { activation }) =>
    throughActivation(upstream as Tensor3D, activate(predictions, activation), activation),
};

/** p of a problem, `[batch, voxels, classes]`, differentiable. */
export function probabilities(problem: Problem): Tensor3D {
  if (problem.activation === "none") return problem.predictions;
  const { inputs, attributes } = kernelArguments(problem);
  return runKernel(probabilitiesKernel, { predictions: inputs.predictions }, attributes, problem.fused) as Tensor3D;
}

/** Values a voxel with the spatial axes that the caller's tensors had: `[batch, voxels, ...rest]` to `[batch, ...spatial, ...rest]`. */
export function restoreSpatial(values: Tensor, { batch, spatial }: Problem): Tensor {
  return viewAs(values, [batch, ...spatial, ...values.shape.slice(2)]);
}
