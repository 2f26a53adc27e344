import { mul, reshape, square, type Tensor3D } from "@tensorflow/tfjs-core";
import { activate, throughActivation } from "./activation.ts";
import { fusedSquaredErrorSums } from "./fused/reductions/squared-error-sums.ts";
import type { Kernel, KernelAttributes, KernelInputs } from "./kernel.ts";
import { shortfall } from "./overlap-sums.ts";
import { sumVoxels } from "./sum-voxels.ts";
import { denseTarget, voxelWeights, weighed, withoutIgnored } from "./targets.ts";

/** The inputs of the squared-error kernel: the common ones, and the field f. */
export interface SquaredErrorInputs extends KernelInputs {
  /** `[batch, voxels, classes]`, constant. */
  readonly field: Tensor3D;
}

/** The sums of v (p - g)^2 f, `[batch, classes]`. */
export const squaredErrorSumsKernel: Kernel<SquaredErrorInputs, KernelAttributes> = {
  fused: fusedSquaredErrorSums,
  forward(inputs, attributes) {
    const { missing, field, weights } = read(inputs, attributes);
    return sumVoxels(weighed(mul(square(missing), field), weights));
  },
  backward(upstream, inputs, attributes) {
    const { missing, field, weights, activated } = read(inputs, attributes);
    const [batch, , classes] = inputs.predictions.shape;
    const slope = mul(mul(missing, field), reshape(mul(upstream, -2), [batch, 1, classes])) as Tensor3D;
    return weighed(throughActivation(slope, activated, attributes.activation), weights);
  },
};

function read(inputs: SquaredErrorInputs, attributes: KernelAttributes) {
  const weights = voxelWeights(inputs, attributes);
  const predictions = withoutIgnored(inputs.predictions, weights);
  const target = withoutIgnored(denseTarget(inputs), weights);
  const activated = activate(predictions, attributes.activation);
  return {
    activated,
    missing: shortfall(activated, target),
    field: withoutIgnored(inputs.field, weights),
    weights,
  };
}
