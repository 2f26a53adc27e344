import { add, minimum, mul, neg, reshape, step, sub, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { activate, throughActivation } from "./activation.ts";
import { fusedTrueNegatives } from "./fused/reductions/true-negatives.ts";
import { type Kernel, type KernelInputs, kernelArguments, runKernel } from "./kernel.ts";
import type { SettledRatio } from "./options.ts";
import { withoutBackground } from "./overlap.ts";
import { type OverlapAttributes, shortfall } from "./overlap-sums.ts";
import type { Problem } from "./problem.ts";
import { sumVoxels } from "./sum-voxels.ts";
import { denseTarget, voxelWeights, weighed, withoutIgnored } from "./targets.ts";

/**
 * TN, `[batch, classes]`: sum v min(1 - p, 1 - g), or sum v (1 - p) (1 - g) with `product`. It is what the overlap sums leave of all voxels,
 * but where nearly every voxel is labelled that difference has no digits left.
 */
export const trueNegativesKernel: Kernel<KernelInputs, OverlapAttributes> = {
  fused: fusedTrueNegatives,
  forward(inputs, attributes) {
    const { activated, unlabelled, weights } = read(inputs, attributes);
    const { complement } = activated;
    const terms = attributes.product ? mul(complement, unlabelled) : minimum(complement, unlabelled);
    return sumVoxels(weighed(terms as Tensor3D, weights));
  },
  backward(upstream, inputs, attributes) {
    const { activated, target, unlabelled, weights } = read(inputs, attributes);
    const [batch, , classes] = inputs.predictions.shape;
    const inside = attributes.product ? unlabelled : slopeOfMinimum(shortfall(activated, target), unlabelled);
    const slope = mul(inside, reshape(neg(upstream), [batch, 1, classes])) as Tensor3D;
    return weighed(throughActivation(slope, activated, attributes.activation), weights);
  },
};

function read(inputs: KernelInputs, attributes: OverlapAttributes) {
  const weights = voxelWeights(inputs, attributes);
  const target = withoutIgnored(denseTarget(inputs), weights);
  const activated = activate(withoutIgnored(inputs.predictions, weights), attributes.activation);
  return { activated, target, unlabelled: sub(1, target) as Tensor3D, weights };
}

/** The derivative of min(1 - p, 1 - g) with respect to 1 - p: 1 above g, 0 below, and 1 - g at p = g, the limit that a hard target has. */
function slopeOfMinimum(missing: Tensor3D, unlabelled: Tensor3D): Tensor3D {
  const [below, above] = [step(missing), step(neg(missing))];
  return add(above, mul(unlabelled, sub(1, add(below, above))));
}

/**
 * The true negatives of each class. They are what the overlap sums leave of all voxels, but where nearly every voxel is labelled that difference
 * has no digits left.
 *
 * ```math
 * TN_{nc} = \sum_i v_i \min(1 - p_{ic}, 1 - g_{ic})
 * ```
 *
 * With `intersection: "product"` the terms are (1 - p) (1 - g). Gradients flow into the predictions alone.
 *
 * @param problem - as {@link prepare} returns it
 * @param options - which intersection, and whether class 0 takes part
 * @returns `[batch, classes]`, at least 0
 *
 * @example
 * ```ts
 * import { prepare, ratioRules, readOptions, trueNegativeSums } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [0]]]);
 * const options = readOptions("myLoss", {}, ratioRules);
 * const problem = prepare("myLoss", truth, tensor3d([[[0.9], [0.2], [0.6]]]), options);
 * trueNegativeSums(problem, options).print(); // 1.2
 * ```
 */
export function trueNegativeSums(
  problem: Problem,
  options: Pick<SettledRatio, "intersection" | "includeBackground">,
): Tensor2D {
  const { inputs, attributes } = kernelArguments(problem);
  const product = options.intersection === "product";
  const sums = runKernel(trueNegativesKernel, inputs, { ...attributes, product }, problem.fused) as Tensor2D;
  return options.includeBackground ? sums : withoutBackground(sums);
}
