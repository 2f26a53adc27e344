import type { Tensor } from "@tensorflow/tfjs-core";
import { type ClassWeighting, type ErrorTerms, polyCrossEntropyTerms } from "./cross-entropy.ts";
import type { SettledShared } from "./options.ts";
import type { Problem } from "./problem.ts";
import { reduceCosts, summedCosts } from "./reduce-cross-entropy.ts";

/**
 * The loss of a cross entropy with errors beside its logarithms. As {@link reduceCrossEntropyTerms}, it makes a map of voxels where the caller
 * asked for it, and starts from sums a class otherwise.
 *
 * ```math
 * \frac{\sum_i m_i}{\sum_n V_n}
 * ```
 *
 * with `reduction: "mean"`; m is {@link polyCrossEntropyTerms}, V {@link voxelNormalizer}.
 *
 * @param problem - as {@link prepare} returns it
 * @param terms - see {@link ErrorTerms}
 * @param epsilon - how often the errors are added
 * @param options - the reduction, and the weighting that says what a mean divides by
 * @returns a scalar, `[batch]` or `[batch, ...spatial]`, by the reduction; 0 where no voxel counts
 *
 * @example
 * ```ts
 * import { distributionRules, evenTerms, prepare, readOptions, reducePolyCrossEntropyTerms } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, distributionRules);
 * const problem = prepare("myLoss", truth, prediction, options);
 * reducePolyCrossEntropyTerms(problem, evenTerms(problem, options), 1, options).print(); // 0.8608
 * ```
 */
export function reducePolyCrossEntropyTerms(
  problem: Problem,
  terms: ErrorTerms,
  epsilon: number,
  options: ClassWeighting & Pick<SettledShared, "reduction">,
): Tensor {
  const map = () => polyCrossEntropyTerms(problem, terms, epsilon);
  return reduceCosts(problem, options, {
    map,
    ofSamples: (divisor) => summedCosts(problem, { ...terms, errors: epsilon }, map, divisor),
  });
}
