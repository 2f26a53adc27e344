import { mul, sum, type Tensor, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import { countsAll, labelledSums, validVoxels } from "./counts.ts";
import { type ClassWeighting, takingWeights } from "./cross-entropy.ts";
import type { SettledShared } from "./options.ts";
import { restoreSpatial } from "./probabilities.ts";
import type { Problem } from "./problem.ts";
import { safeDivide } from "./safe-divide.ts";
import { sumMap } from "./sum-voxels.ts";

/**
 * Reduces a map of voxels whose ignored voxels are 0.
 *
 * ```math
 * \frac{\sum_n \sum_i m_{ni}}{\sum_n V_n}
 * ```
 *
 * with `reduction: "mean"`; `"sum"` does not divide, `"sample"` divides sample by sample, `"none"` gives the map itself.
 *
 * @param map - m, `[batch, voxels]`
 * @param problem - as {@link prepare} returns it
 * @param options - the reduction
 * @param normalizer - gives V, what each sample's mean divides by, `[batch]`; called where something is divided
 * @returns a scalar, `[batch]` or `[batch, ...spatial]`; 0, with zero gradients, where a mean divides by 0
 *
 * @example
 * ```ts
 * import { prepare, readOptions, reduceVoxels, sharedRules, validVoxels } from "@lossary/core-reduce";
 * import { sum, tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * const options = readOptions("myLoss", {}, sharedRules);
 * const problem = prepare("myLoss", zeros([1, 2, 2, 1]), zeros([1, 2, 2, 1]), options);
 * const map = tensor2d([[1, 2, 3, 4]]);
 * reduceVoxels(map, problem, options, () => sum(validVoxels(problem), 1)).print(); // 2.5
 * ```
 */
export function reduceVoxels(
  map: Tensor2D,
  problem: Problem,
  options: Pick<SettledShared, "reduction">,
  normalizer: () => Tensor1D,
): Tensor {
  if (options.reduction === "none") return restoreSpatial(map, problem);
  return reduceSamples(sumMap(map, problem.fused), options, normalizer);
}

/**
 * Reduces the sums of samples as {@link reduceVoxels} reduces a map.
 *
 * ```math
 * \frac{\sum_n s_n}{\sum_n V_n}
 * ```
 *
 * with `reduction: "mean"`.
 *
 * @param sums - s, `[batch]`
 * @param options - the reduction; `"none"` is for maps
 * @param normalizer - gives V, what each sample's mean divides by, `[batch]` or one number for all; called where something is divided
 * @returns a scalar, or `[batch]` with `reduction: "sample"`; 0, with zero gradients, where a mean divides by 0
 *
 * @example
 * ```ts
 * import { reduceSamples } from "@lossary/core-reduce";
 * import { tensor1d } from "@tensorflow/tfjs";
 *
 * const [sums, voxels] = [tensor1d([10, 2]), tensor1d([4, 2])];
 * reduceSamples(sums, { reduction: "mean" }, () => voxels).print(); // 2: 12 / 6
 * reduceSamples(sums, { reduction: "sample" }, () => voxels).print(); // 2.5, 1
 * ```
 */
export function reduceSamples(
  sums: Tensor1D,
  options: Pick<SettledShared, "reduction">,
  normalizer: () => Tensor1D | number,
): Tensor {
  if (options.reduction === "sum") return sum(sums);
  if (options.reduction === "sample") return safeDivide(sums, normalizer());
  return safeDivide(sum(sums), ofBatch(normalizer(), sums.size));
}

/** What the mean of a batch divides by. */
export function ofBatch(divisor: Tensor1D | number, batch: number): Tensor | number {
  return typeof divisor === "number" ? divisor * batch : sum(divisor);
}

/**
 * What the mean of each sample divides by: the weight of its voxels, or with `normalize: "weights"` and exclusive classes that of their classes too.
 *
 * ```math
 * V_n = \sum_i v_i \qquad\text{or}\qquad V_n = \sum_i v_i \sum_c q_c\, g_{ic}
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @param weighting - see {@link ClassWeighting}
 * @returns `[batch]`, at least 0, constant for every gradient
 *
 * @example
 * ```ts
 * import { prepare, readOptions, sharedRules, voxelNormalizer } from "@lossary/core-reduce";
 * import { tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * const labels = tensor2d([[0, 1, 1]], [1, 3], "int32");
 * const options = readOptions("myLoss", { classWeights: [1, 3], normalize: "weights" }, sharedRules);
 * voxelNormalizer(prepare("myLoss", labels, zeros([1, 3, 2]), options), options).print(); // 7
 * ```
 */
export function voxelNormalizer(problem: Problem, weighting: ClassWeighting): Tensor1D {
  return normalizerOf(validVoxels(problem), () => labelledSums(problem), problem, weighting);
}

/** `voxelNormalizer`, as one number where every voxel of every sample counts and its class says nothing. */
export function voxelDivisor(problem: Problem, weighting: ClassWeighting): Tensor1D | number {
  const saysNothing = weighting.normalize === "count" || problem.multiLabel;
  return saysNothing && countsAll(problem) ? problem.voxels : voxelNormalizer(problem, weighting);
}

/** `voxelNormalizer` from sums: `valid` is `[batch, 1]`, `labelled` `[batch, classes]`. */
export function normalizerOf(
  valid: Tensor2D,
  labelled: () => Tensor2D,
  classes: Pick<Problem, "classes" | "multiLabel">,
  weighting: ClassWeighting,
): Tensor1D {
  if (weighting.normalize === "count" || classes.multiLabel) return sum(valid, 1);
  return sum(mul(labelled(), takingWeights(classes, weighting)), 1);
}
