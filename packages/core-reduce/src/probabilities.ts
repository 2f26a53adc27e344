import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { activate, throughActivation } from "./activation.ts";
import { weightsOf } from "./counts.ts";
import { fusedProbabilities } from "./fused/reductions/probabilities.ts";
import { type Kernel, type KernelAttributes, type KernelInputs, kernelArguments, runKernel } from "./kernel.ts";
import type { Problem } from "./problem.ts";
import { detached } from "./stop-gradient.ts";
import { withoutIgnored } from "./targets.ts";
import { viewAs } from "./view-as.ts";
import { withGradient } from "./with-gradient.ts";

/** The probabilities themselves, for losses that need to look at their neighbourhood. */
export const probabilitiesKernel: Kernel<KernelInputs, KernelAttributes> = {
  fused: fusedProbabilities,
  forward: ({ predictions }, { activation }) => activate(predictions, activation).probability,
  backward: (upstream, { predictions }, { activation }) =>
    throughActivation(upstream as Tensor3D, activate(predictions, activation), activation),
};

/** p of a problem, `[batch, voxels, classes]`, differentiable; at ignored voxels that of the prediction 0, whatever stands there. */
export function probabilities(problem: Problem): Tensor3D {
  const predictions = withoutGarbage(problem);
  if (problem.activation === "none") return predictions;
  const { attributes } = kernelArguments(problem);
  return runKernel(probabilitiesKernel, { predictions }, attributes, problem.fused) as Tensor3D;
}

/** ln p and ln (1 - p) of a problem, each `[batch, voxels, classes]`, from the logits where there are logits; made when asked for, and constant for every gradient. */
export function logProbabilities(problem: Problem): {
  /** ln p. */
  logProbability: () => Tensor3D;
  /** ln (1 - p). */
  logComplement: () => Tensor3D;
} {
  const { activation } = problem;
  const logarithm = (name: "logProbability" | "logComplement") => () =>
    detached(() => activate(withoutGarbage(problem), activation)[name]());
  return { logProbability: logarithm("logProbability"), logComplement: logarithm("logComplement") };
}

/** Garbage under a zero weight would come back as 0 times infinity in the gradient. */
function withoutGarbage(problem: Problem): Tensor3D {
  const weights = weightsOf(problem);
  if (weights === undefined) return problem.predictions;
  return withGradient(
    problem.predictions,
    [weights],
    (x) => withoutIgnored(x, weights),
    (upstream, [kept]) => withoutIgnored(upstream, kept as Tensor2D),
  );
}

/** Values a voxel with the spatial axes that the caller's tensors had: `[batch, voxels, ...rest]` to `[batch, ...spatial, ...rest]`. */
export function restoreSpatial(values: Tensor, { batch, spatial }: Problem): Tensor {
  return viewAs(values, [batch, ...spatial, ...values.shape.slice(2)]);
}
