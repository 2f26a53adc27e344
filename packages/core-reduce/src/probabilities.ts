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

/**
 * The probabilities of a problem, for losses that look at their neighbourhood.
 *
 * ```math
 * p_{ic} = x_{ic}, \qquad p_{ic} = \sigma(x_{ic}), \qquad p_{ic} = \frac{e^{x_{ic}}}{\sum_k e^{x_{ik}}}
 * ```
 *
 * by the activation, `"none"`, `"sigmoid"` or `"softmax"`. At ignored voxels they are those of the prediction 0, whatever stands there.
 *
 * @param problem - as {@link prepare} returns it
 * @returns `[batch, voxels, classes]`, differentiable with respect to the predictions; from 0 to 1 where there is an activation
 *
 * @example
 * ```ts
 * import { prepare, probabilities, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor3d, zeros } from "@tensorflow/tfjs";
 *
 * const options = readOptions("myLoss", { activation: "sigmoid" }, sharedRules);
 * const problem = prepare("myLoss", zeros([1, 2, 1]), tensor3d([[[0], [2]]]), options);
 * probabilities(problem).print(); // 0.5, 0.8808
 * ```
 */
export function probabilities(problem: Problem): Tensor3D {
  const predictions = withoutGarbage(problem);
  if (problem.activation === "none") return predictions;
  const { attributes } = kernelArguments(problem);
  return runKernel(probabilitiesKernel, { predictions }, attributes, problem.fused) as Tensor3D;
}

/**
 * The logarithms $\ln p_{ic}$ and $\ln (1 - p_{ic})$, from the logits where there are logits: finite where p itself has become 0 or 1.
 *
 * @param problem - as {@link prepare} returns it
 * @returns two functions that make them when they are called, each `[batch, voxels, classes]`, at most 0, constant for every gradient
 *
 * @example
 * ```ts
 * import { logProbabilities, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor3d, zeros } from "@tensorflow/tfjs";
 *
 * const options = readOptions("myLoss", { activation: "sigmoid" }, sharedRules);
 * const problem = prepare("myLoss", zeros([1, 2, 1]), tensor3d([[[0], [200]]]), options);
 * logProbabilities(problem).logComplement().print(); // -0.6931, -200
 * ```
 */
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

/**
 * Values a voxel with the spatial axes that the caller's tensors had.
 *
 * @param values - `[batch, voxels, ...rest]`
 * @param problem - as {@link prepare} returns it
 * @returns the same values, `[batch, ...spatial, ...rest]`
 *
 * @example
 * ```ts
 * import { prepare, readOptions, restoreSpatial, sharedRules } from "@lossary/core-reduce";
 * import { zeros } from "@tensorflow/tfjs";
 *
 * const problem = prepare("myLoss", zeros([1, 8, 6, 3]), zeros([1, 8, 6, 3]), readOptions("myLoss", {}, sharedRules));
 * console.log(restoreSpatial(zeros([1, 48]), problem).shape.join(" ")); // 1 8 6
 * ```
 */
export function restoreSpatial(values: Tensor, { batch, spatial }: Problem): Tensor {
  return viewAs(values, [batch, ...spatial, ...values.shape.slice(2)]);
}
