import { matMul, pad, reshape, type Tensor3D } from "@tensorflow/tfjs-core";
import { activate, throughActivation } from "./activation.ts";
import { fusedConfusion } from "./fused/reductions/confusion.ts";
import { type Kernel, type KernelAttributes, type KernelInputs, kernelArguments, runKernel } from "./kernel.ts";
import type { Problem } from "./problem.ts";
import { sumVoxels } from "./sum-voxels.ts";
import { denseTarget, voxelWeights, weighed, withoutIgnored } from "./targets.ts";

/** How many voxels one matrix product adds up: serial float32 sums over all of them would be off by per cents. */
const stage = 128;

/** The soft confusion matrix of each sample, sum v g_l p_k, `[batch, classes, classes]`: truth by row, prediction by column. */
export const confusionKernel: Kernel<KernelInputs, KernelAttributes> = {
  fused: fusedConfusion,
  forward(inputs, attributes) {
    const { target, predictions } = read(inputs, attributes);
    const [batch, , classes] = predictions.shape;
    const probability = activate(predictions, attributes.activation).probability;
    const products = matMul(inBlocks(target), inBlocks(probability), true, false);
    return reshape(sumVoxels(reshape(products, [batch, -1, classes * classes])), [batch, classes, classes]);
  },
  backward(upstream, inputs, attributes) {
    const { target, predictions } = read(inputs, attributes);
    const activated = activate(predictions, attributes.activation);
    // d/dp_ik of sum_lk U_lk sum_i v g_il p_ik
    return throughActivation(matMul(target, upstream as Tensor3D), activated, attributes.activation);
  },
};

/** v g, and predictions whose ignored voxels hold numbers that do no harm. */
function read(inputs: KernelInputs, attributes: KernelAttributes) {
  const weights = voxelWeights(inputs, attributes);
  const target = weighed(withoutIgnored(denseTarget(inputs), weights), weights);
  return { target, predictions: withoutIgnored(inputs.predictions, weights) };
}

/** `[batch, voxels, classes]` to `[batch x blocks, stage, classes]`; what the last block lacks is 0. */
function inBlocks(values: Tensor3D): Tensor3D {
  const [, voxels, classes] = values.shape;
  const missing = (stage - (voxels % stage)) % stage;
  const padding: [number, number][] = [
    [0, 0],
    [0, missing],
    [0, 0],
  ];
  return reshape(missing === 0 ? values : pad(values, padding), [-1, stage, classes]);
}

/**
 * The soft confusion matrix of each sample: truth by row, prediction by column.
 *
 * ```math
 * M_{nlk} = \sum_i v_i\, g_{il}\, p_{ik}
 * ```
 *
 * Gradients flow into the predictions alone; ignored voxels have no influence.
 *
 * @param problem - as {@link prepare} returns it
 * @returns `[batch, classes, classes]`, at least 0; for exclusive classes its sum is the weight of the voxels that count
 *
 * @example
 * ```ts
 * import { confusionSums, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[0, 1, 1]], [1, 3], "int32");
 * const prediction = tensor3d([[[0.9, 0.1], [0.2, 0.8], [0.4, 0.6]]]);
 * const problem = prepare("myLoss", truth, prediction, readOptions("myLoss", {}, sharedRules));
 * confusionSums(problem).print(); // 0.9, 0.1, 0.6, 1.4
 * ```
 */
export function confusionSums(problem: Problem): Tensor3D {
  const { inputs, attributes } = kernelArguments(problem);
  return runKernel(confusionKernel, inputs, attributes, problem.fused) as Tensor3D;
}
