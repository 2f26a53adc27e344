import { type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";
import { type ClassWeighting, type CrossEntropyTerms, classCoefficients, crossEntropyTerms } from "./cross-entropy.ts";
import type { DistributionOptions } from "./loss.ts";
import { distributionRules, readOptions, type SettledDistribution } from "./options.ts";
import { restoreSpatial } from "./probabilities.ts";
import { type Problem, prepare } from "./problem.ts";

/**
 * The cross entropy of each voxel: the statistic behind every distribution loss, public so that others can build theirs.
 *
 * ```math
 * m_i = -v_i \sum_c q_c\, g_{ic} \ln p_{ic}
 * \quad\text{or}\quad
 * m_i = -\frac{v_i}{C} \sum_c q_c \left[ g_{ic} \ln p_{ic} + (1 - g_{ic}) \ln (1 - p_{ic}) \right]
 * ```
 *
 * The first for exclusive classes, the second for independent channels (`multiLabel`). Gradients flow into the predictions alone.
 * `reduction` is accepted and has no effect, so that one options object serves this function and a loss.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32
 * @param options - as for every distribution loss
 * @returns the map, `[batch, ...spatial]`, at least 0, ignored voxels 0
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { crossEntropyMap } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0]]]);
 * crossEntropyMap(truth, tensor3d([[[0.9], [0.2]]])).print(); // 0.105, 0.223
 * ```
 */
export function crossEntropyMap(labels: Tensor, predictions: Tensor, options?: DistributionOptions): Tensor {
  return tidy(() => {
    const settled = readOptions("crossEntropyMap", options, distributionRules);
    const problem = prepare("crossEntropyMap", labels, predictions, settled);
    return restoreSpatial(crossEntropyVoxels(problem, settled), problem);
  });
}

/**
 * {@link crossEntropyMap} of a problem that is prepared already.
 *
 * ```math
 * m_i = -v_i \sum_c a_c \left[ g'_{ic} \ln p_{ic} + (1 - g'_{ic}) \ln (1 - p_{ic}) \right]
 * ```
 *
 * The second term is there for independent channels alone; a is {@link classCoefficients}.
 *
 * @param problem - as {@link prepare} returns it
 * @param options - the options of a distribution loss after reading
 * @returns the map, `[batch, voxels]`, at least 0, ignored voxels 0
 * @throws Error for label smoothing of a float32 target
 *
 * @example
 * ```ts
 * import { crossEntropyVoxels, distributionRules, prepare, readOptions } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, distributionRules);
 * const problem = prepare("myLoss", truth, prediction, options);
 *
 * crossEntropyVoxels(problem, options).print(); // 0.1054, 0.2231, 0.5108, 1.204
 * ```
 */
export function crossEntropyVoxels(
  problem: Problem,
  options: ClassWeighting & Pick<SettledDistribution, "labelSmoothing">,
): Tensor2D {
  refuseSoftSmoothing(problem, options);
  return crossEntropyTerms(problem, evenTerms(problem, options));
}

/**
 * The terms of a cross entropy in which the positives and the negatives of a class cost the same, $a_c = b_c$; exclusive classes have no negatives.
 *
 * @param problem - as {@link prepare} returns it
 * @param options - the options of a distribution loss after reading
 * @returns what {@link crossEntropyTerms} and its like take
 *
 * @example
 * ```ts
 * import { distributionRules, evenTerms, prepare, readOptions } from "@lossary/core-reduce";
 * import { zeros } from "@tensorflow/tfjs";
 *
 * const options = readOptions("myLoss", { classWeights: [1, 3] }, distributionRules);
 * const problem = prepare("myLoss", zeros([1, 4], "int32"), zeros([1, 4, 2]), options);
 * const { positive, negative } = evenTerms(problem, options);
 * positive.print(); // 1, 3
 * console.log(negative); // undefined
 * ```
 */
export function evenTerms(
  problem: Problem,
  options: ClassWeighting & Pick<SettledDistribution, "labelSmoothing">,
): CrossEntropyTerms {
  const positive = classCoefficients(problem, options);
  return { positive, negative: problem.multiLabel ? positive : undefined, labelSmoothing: options.labelSmoothing };
}

/**
 * Refuses to smooth what is soft already, which has no meaning. Whether a target is hard is known by its dtype, never by its values.
 *
 * @param problem - as {@link prepare} returns it
 * @param options - the options of a distribution loss after reading
 * @throws Error for label smoothing above 0 of a float32 target
 *
 * @example
 * ```ts
 * import { distributionRules, prepare, readOptions, refuseSoftSmoothing } from "@lossary/core-reduce";
 * import { zeros } from "@tensorflow/tfjs";
 *
 * const options = readOptions("myLoss", { labelSmoothing: 0.1 }, distributionRules);
 * const soft = prepare("myLoss", zeros([1, 4, 2]), zeros([1, 4, 2]), options);
 * try {
 *   refuseSoftSmoothing(soft, options);
 * } catch (error) {
 *   console.log(String(error).split(",")[0]); // Error: myLoss: labelSmoothing needs hard labels
 * }
 * ```
 */
export function refuseSoftSmoothing(
  { who, labels }: Problem,
  { labelSmoothing }: Pick<SettledDistribution, "labelSmoothing">,
): void {
  if (labelSmoothing === 0 || labels.dtype !== "float32") return;
  throw new Error(
    `${who}: labelSmoothing needs hard labels, known by their dtype: int32 class indices, or one-hot of dtype int32 or bool (got float32)`,
  );
}
