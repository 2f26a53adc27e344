import { abs, add, maximum, mul, neg, step, sub, type Tensor3D } from "@tensorflow/tfjs-core";
import { activate, throughActivation } from "./activation.ts";
import { fusedErrors } from "./fused/reductions/errors.ts";
import { type Kernel, type KernelAttributes, type KernelInputs, kernelArguments, runKernel } from "./kernel.ts";
import { shortfall } from "./overlap-sums.ts";
import type { Problem } from "./problem.ts";
import { denseTarget, voxelWeights, withoutIgnored } from "./targets.ts";

/** What the error kernel is told beside the common attributes. */
export interface ErrorAttributes extends KernelAttributes {
  /** Whether the error is that of a score, max(0, 1 - (2g - 1) x), instead of that of a probability, |p - g|. */
  readonly hinge: boolean;
}

/** How wrong each voxel is in each class, `[batch, voxels, classes]`, ignored voxels 0; for losses that sort errors. */
export const errorKernel: Kernel<KernelInputs, ErrorAttributes> = {
  fused: fusedErrors,
  forward(inputs, attributes) {
    const { predictions, target, weights } = read(inputs, attributes);
    const errors = attributes.hinge
      ? maximum(margin(predictions, target), 0)
      : abs(shortfall(activate(predictions, attributes.activation), target));
    return withoutIgnored(errors as Tensor3D, weights);
  },
  backward(upstream, inputs, attributes) {
    const { predictions, target, weights } = read(inputs, attributes);
    if (attributes.hinge) {
      const slope = mul(sub(1, mul(2, target)), step(margin(predictions, target)));
      return withoutIgnored(mul(slope, upstream), weights);
    }
    const activated = activate(predictions, attributes.activation);
    const slope = mul(slopeOfDistance(shortfall(activated, target), target), upstream) as Tensor3D;
    return withoutIgnored(throughActivation(slope, activated, attributes.activation), weights);
  },
};

function read(inputs: KernelInputs, attributes: ErrorAttributes) {
  const weights = voxelWeights(inputs, attributes);
  const predictions = withoutIgnored(inputs.predictions, weights);
  const target = withoutIgnored(denseTarget(inputs), weights);
  return { predictions, target, weights };
}

/** 1 - (2g - 1) x */
function margin(scores: Tensor3D, target: Tensor3D): Tensor3D {
  return add(1, mul(sub(1, mul(2, target)), scores));
}

/** The derivative of |p - g|: the sign of p - g, and 1 - 2g at p = g, the limit that a hard target has. */
export function slopeOfDistance(missing: Tensor3D, target: Tensor3D): Tensor3D {
  const [below, above] = [step(missing), step(neg(missing))];
  const level = sub(1, add(below, above));
  return add(sub(above, below), mul(level, sub(1, mul(2, target))));
}

/**
 * How wrong each voxel is in each class; for losses that sort errors. Gradients flow into the predictions alone.
 *
 * ```math
 * e_{ic} = \lvert p_{ic} - g_{ic} \rvert
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @returns `[batch, voxels, classes]`, from 0 to 1, ignored voxels 0
 *
 * @example
 * ```ts
 * import { absoluteErrors, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const problem = prepare("myLoss", truth, prediction, readOptions("myLoss", {}, sharedRules));
 *
 * absoluteErrors(problem).print(); // 0.1, 0.2, 0.4, 0.7
 * ```
 */
export function absoluteErrors(problem: Problem): Tensor3D {
  return errors(problem, false);
}

/**
 * By how much each score misses a margin of 1 on its side of 0. The predictions are the scores x as they come, whatever the activation.
 *
 * ```math
 * e_{ic} = \max(0,\ 1 - (2 g_{ic} - 1)\, x_{ic})
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @returns `[batch, voxels, classes]`, at least 0, ignored voxels 0; differentiable with respect to the scores
 *
 * @example
 * ```ts
 * import { hingeErrors, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const [truth, scores] = [tensor3d([[[1], [0], [1]]]), tensor3d([[[2], [-0.5], [0.5]]])];
 * const problem = prepare("myLoss", truth, scores, readOptions("myLoss", {}, sharedRules));
 * hingeErrors(problem).print(); // 0, 0.5, 0.5
 * ```
 */
export function hingeErrors(problem: Problem): Tensor3D {
  return errors(problem, true);
}

function errors(problem: Problem, hinge: boolean): Tensor3D {
  const { inputs, attributes } = kernelArguments(problem);
  return runKernel(errorKernel, inputs, { ...attributes, hinge }, problem.fused) as Tensor3D;
}
