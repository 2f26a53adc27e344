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

/** `crossEntropyMap` of a problem that is prepared already, `[batch, voxels]`. */
export function crossEntropyVoxels(
  problem: Problem,
  options: ClassWeighting & Pick<SettledDistribution, "labelSmoothing">,
): Tensor2D {
  refuseSoftSmoothing(problem, options);
  return crossEntropyTerms(problem, evenTerms(problem, options));
}

/** The terms of a cross entropy in which the positives and the negatives of a class cost the same. */
export function evenTerms(
  problem: Problem,
  options: ClassWeighting & Pick<SettledDistribution, "labelSmoothing">,
): CrossEntropyTerms {
  const positive = classCoefficients(problem, options);
  return { positive, negative: problem.multiLabel ? positive : undefined, labelSmoothing: options.labelSmoothing };
}

/** Smoothing what is soft already has no meaning; whether a target is hard is known by its dtype, never by its values. */
export function refuseSoftSmoothing(
  { who, labels }: Problem,
  { labelSmoothing }: Pick<SettledDistribution, "labelSmoothing">,
): void {
  if (labelSmoothing === 0 || labels.dtype !== "float32") return;
  throw new Error(
    `${who}: labelSmoothing needs hard labels, known by their dtype: int32 class indices, or one-hot of dtype int32 or bool (got float32)`,
  );
}
