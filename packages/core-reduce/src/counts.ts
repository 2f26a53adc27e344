import { dispose, fill, getBackend, ones, reshape, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { liveBackends } from "./fused/array-backends.ts";
import type { FusedKernel } from "./fused/fused-kernel.ts";
import { fusedAnyIgnored, fusedLabelledSums, fusedValidVoxels, fusedVoxelWeights } from "./fused/reductions/counts.ts";
import { kernelArguments, runConstant } from "./kernel.ts";
import { hasIndices, type Problem } from "./problem.ts";
import { sumMap, sumVoxels } from "./sum-voxels.ts";
import { denseTarget, voxelWeights, weighed } from "./targets.ts";

/**
 * The weight of the voxels of each sample that count.
 *
 * ```math
 * V_n = \sum_i v_i
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @returns `[batch, 1]`, at least 0, constant for every gradient; the number of voxels where all of them weigh 1
 *
 * @example
 * ```ts
 * import { prepare, readOptions, sharedRules, validVoxels } from "@lossary/core-reduce";
 * import { tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * const labels = tensor2d([[0, 1, 1, 255]], [1, 4], "int32");
 * const options = readOptions("myLoss", { ignoreLabel: 255 }, sharedRules);
 * const problem = prepare("myLoss", labels, zeros([1, 4, 2]), options);
 *
 * validVoxels(problem).print(); // 3
 * ```
 */
export function validVoxels(problem: Problem): Tensor2D {
  if (countsAll(problem)) return fill([problem.batch, 1], problem.voxels);
  return ofWeights(fusedValidVoxels, problem, () =>
    reshape(sumMap(portableWeights(problem) as Tensor2D), [problem.batch, 1]),
  );
}

/**
 * What is labelled with each class, from the target alone.
 *
 * ```math
 * G_{nc} = \sum_i v_i\, g_{ic}
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @returns `[batch, classes]`, at least 0, constant for every gradient
 *
 * @example
 * ```ts
 * import { labelledSums, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * const labels = tensor2d([[0, 1, 1, 255]], [1, 4], "int32");
 * const options = readOptions("myLoss", { ignoreLabel: 255 }, sharedRules);
 * const problem = prepare("myLoss", labels, zeros([1, 4, 2]), options);
 *
 * labelledSums(problem).print(); // 1, 2
 * ```
 */
export function labelledSums(problem: Problem): Tensor2D {
  return ofTargets(fusedLabelledSums, problem, problem.labels, () =>
    sumVoxels(weighed(denseTarget(kernelArguments(problem).inputs), portableWeights(problem))),
  );
}

/**
 * The weight of each voxel: that of `weights`, and 0 where the label is the ignored one or no class.
 *
 * ```math
 * v_i = w_i \, [\, y_i \text{ is a class, and not the ignored one} \,]
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @returns `[batch, voxels]`, at least 0, constant for every gradient; nothing where every voxel weighs 1
 *
 * @example
 * ```ts
 * import { prepare, readOptions, sharedRules, weightsOf } from "@lossary/core-reduce";
 * import { tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * const labels = tensor2d([[0, 1, 1, 255]], [1, 4], "int32");
 * const options = readOptions("myLoss", { ignoreLabel: 255 }, sharedRules);
 * const problem = prepare("myLoss", labels, zeros([1, 4, 2]), options);
 *
 * weightsOf(problem)?.print(); // 1, 1, 1, 0
 * ```
 */
export function weightsOf(problem: Problem): Tensor2D | undefined {
  if (countsAll(problem) || noneIsIgnored(problem)) return undefined;
  return ofWeights(fusedVoxelWeights, problem, () => portableWeights(problem) as Tensor2D);
}

/**
 * Whether it is known that all labels count: then nothing must be multiplied by weights, which costs more than to look. Known where a tensor is an array,
 * and reading it waits for nothing.
 */
function noneIsIgnored(problem: Problem): boolean {
  if (problem.weights !== undefined || !problem.fused || !liveBackends.includes(getBackend())) return false;
  const isAny = ofWeights(fusedAnyIgnored, problem, () => ones([1]));
  const isNone = isAny.dataSync()[0] === 0;
  dispose(isAny);
  return isNone;
}

/** Whether every voxel weighs 1: dense labels, and no weights. */
export function countsAll(problem: Problem): boolean {
  return problem.weights === undefined && !hasIndices(problem);
}

/** Runs a kernel that reads weights and the labels that say which voxels count; dense labels are not read for nothing. */
function ofWeights<T extends Tensor>(kernel: FusedKernel, problem: Problem, portable: () => T): T {
  return ofTargets(kernel, problem, hasIndices(problem) ? problem.labels : undefined, portable);
}

/** Runs a kernel that reads labels and weights alone. */
function ofTargets<T extends Tensor>(
  kernel: FusedKernel,
  problem: Problem,
  labels: Problem["labels"] | undefined,
  portable: () => T,
): T {
  const { weights, classes } = problem;
  const { ignoreLabel } = kernelArguments(problem).attributes;
  return runConstant(kernel, { labels, weights }, { classes, ignoreLabel }, problem.fused, portable);
}

function portableWeights(problem: Problem): Tensor2D | undefined {
  const { inputs, attributes } = kernelArguments(problem);
  return voxelWeights(inputs, attributes);
}
