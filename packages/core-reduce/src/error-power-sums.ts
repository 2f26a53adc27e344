import { abs, mul, neg, pow, reshape, step, sub, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { activate, throughActivation } from "./activation.ts";
import { slopeOfDistance } from "./error-map.ts";
import { fusedErrorPowerSums } from "./fused/reductions/error-power-sums.ts";
import { type Kernel, type KernelAttributes, type KernelInputs, kernelArguments, runKernel } from "./kernel.ts";
import { shortfall } from "./overlap-sums.ts";
import type { Problem } from "./problem.ts";
import { sumVoxels } from "./sum-voxels.ts";
import { denseTarget, voxelWeights, weighed, withoutIgnored } from "./targets.ts";

/** What the kernel of error powers is told beside the common attributes. */
export interface ErrorPowerAttributes extends KernelAttributes {
  /** At least 1, so that the gradient is finite where nothing is wrong. */
  readonly exponent: number;
}

/** The sums of v |p - g|^exponent, `[batch, classes]`. */
export const errorPowerSumsKernel: Kernel<KernelInputs, ErrorPowerAttributes> = {
  fused: fusedErrorPowerSums,
  forward(inputs, attributes) {
    const { missing, weights } = read(inputs, attributes);
    return sumVoxels(weighed(pow(abs(missing), attributes.exponent), weights));
  },
  backward(upstream, inputs, attributes) {
    const { missing, target, activated, weights } = read(inputs, attributes);
    const { exponent, activation } = attributes;
    const [batch, , classes] = inputs.predictions.shape;
    const ofDistance =
      exponent === 1
        ? slopeOfDistance(missing, target)
        : mul(sub(step(neg(missing)), step(missing)), mul(pow(abs(missing), exponent - 1), exponent));
    const slope = mul(ofDistance, reshape(upstream, [batch, 1, classes])) as Tensor3D;
    return weighed(throughActivation(slope, activated, activation), weights);
  },
};

function read(inputs: KernelInputs, attributes: ErrorPowerAttributes) {
  const weights = voxelWeights(inputs, attributes);
  const target = withoutIgnored(denseTarget(inputs), weights);
  const activated = activate(withoutIgnored(inputs.predictions, weights), attributes.activation);
  return { activated, target, missing: shortfall(activated, target), weights };
}

/**
 * The errors of each class to a power, summed. Gradients flow into the predictions alone.
 *
 * ```math
 * E_{nc} = \sum_i v_i \lvert p_{ic} - g_{ic} \rvert^k
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @param exponent - k, at least 1, so that the gradient is finite where nothing is wrong
 * @returns `[batch, classes]`, at least 0
 *
 * @example
 * ```ts
 * import { errorPowerSums, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const problem = prepare("myLoss", truth, prediction, readOptions("myLoss", {}, sharedRules));
 *
 * errorPowerSums(problem, 1.5).print(); // 0.9597: 0.1 ** 1.5 + 0.2 ** 1.5 + 0.4 ** 1.5 + 0.7 ** 1.5
 * ```
 */
export function errorPowerSums(problem: Problem, exponent: number): Tensor2D {
  const { inputs, attributes } = kernelArguments(problem);
  return runKernel(errorPowerSumsKernel, inputs, { ...attributes, exponent }, problem.fused) as Tensor2D;
}
