import {
  type CrossEntropySums,
  classCoefficients,
  classSpaceOf,
  type DistributionOptions,
  distributionRules,
  evenTerms,
  prepare,
  readOptions,
  reduceCrossEntropy,
  reduceCrossEntropyTerms,
  refuseSoftSmoothing,
} from "@lossary/core-reduce";
import { type Tensor, tidy } from "@tensorflow/tfjs-core";

/** The options of {@link crossEntropyLoss}. */
export type CrossEntropyLossOptions = DistributionOptions;

/**
 * Cross entropy: the negative log-probability of the truth, averaged over the voxels that count.
 *
 * ```math
 * L = \frac{\sum_i v_i m_i}{\sum_i v_i}, \qquad m_i = -\sum_c q_c\, g_{ic} \ln p_{ic}
 * \quad\text{or}\quad m_i = -\frac{1}{C} \sum_c q_c \left[ g_{ic} \ln p_{ic} + (1 - g_{ic}) \ln(1 - p_{ic}) \right]
 * ```
 *
 * The first for exclusive classes, the second, binary cross entropy, for independent channels (`multiLabel`: with sigmoid, or with one class).
 * v is the voxel weight, 0 for ignored voxels, and q the class weight. With `activation` everything is computed from the logits in log space:
 * saturated logits keep their value and their gradient. Without, ln p goes on as a straight line below 1e-7, so that both stay finite.
 *
 * Range [0, ∞); 0 exactly where the truth has probability 1. Where every voxel is ignored the loss is 0 and so are its gradients.
 *
 * Differs from: `tf.losses.softmaxCrossEntropy`, whose label smoothing uses the second axis as class count and whose gradient is wrong for rows
 * that do not sum to 1; PyTorch, whose mean with class weights and integer targets is ours with `normalize: "weights"`.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link CrossEntropyLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` the voxel map `[batch, ...spatial]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { crossEntropyLoss } from "@lossary/losses-distribution";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor2d([[0, 2]], [1, 2], "int32");
 * const logits = tensor3d([[[2, 0, 0], [0, 0, 1]]]);
 * crossEntropyLoss(truth, logits, { activation: "softmax" }).print(); // 0.3955
 * ```
 *
 * @see O. Ronneberger, P. Fischer, T. Brox: U-Net. MICCAI 2015, {@link https://arxiv.org/abs/1505.04597}
 */
export function crossEntropyLoss(labels: Tensor, predictions: Tensor, options?: CrossEntropyLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("crossEntropyLoss", options, distributionRules);
    const problem = prepare("crossEntropyLoss", labels, predictions, settled);
    refuseSoftSmoothing(problem, settled);
    return reduceCrossEntropyTerms(problem, evenTerms(problem, settled), settled);
  });
}

/**
 * Cross entropy from sums: of shards, patches or steps that were added up.
 *
 * ```math
 * L = \frac{1}{N} \sum_c q_c A_c \quad\text{or}\quad L = \frac{1}{N\,C} \sum_c q_c (A_c + B_c)
 * ```
 *
 * N is the weight of the voxels that count.
 *
 * Range, corners and what it differs from: those of {@link crossEntropyLoss}.
 *
 * @param sums - sums as `crossEntropySums` returns them
 * @param options - see {@link CrossEntropyLossOptions}; those that concern the sums are accepted and have done their work already
 * @returns a scalar; with `reduction: "sample"` `[batch]`
 * @throws Error for options that do not fit, and for `reduction: "none"`, since sums no longer know the voxels
 *
 * @example
 * ```ts
 * import { crossEntropySums } from "@lossary/core-reduce";
 * import { crossEntropyFromSums } from "@lossary/losses-distribution";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const sums = crossEntropySums(tensor3d([[[1], [0]]]), tensor3d([[[0.9], [0.2]]]));
 * crossEntropyFromSums(sums).print(); // 0.1643
 * ```
 *
 * @see {@link crossEntropyLoss}
 */
export function crossEntropyFromSums(sums: CrossEntropySums, options?: CrossEntropyLossOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("crossEntropyFromSums", options, distributionRules);
    const space = classSpaceOf("crossEntropyFromSums", sums, settled);
    const share = classCoefficients(space, settled);
    return reduceCrossEntropy(space, sums, settled, { positive: share, negative: share });
  });
}
