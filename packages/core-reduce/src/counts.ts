import { fill, reshape, type Tensor2D } from "@tensorflow/tfjs-core";
import type { FusedKernel } from "./fused/fused-kernel.ts";
import { fusedLabelledSums, fusedValidVoxels, fusedVoxelWeights } from "./fused/reductions/counts.ts";
import { kernelArguments, runConstant } from "./kernel.ts";
import { hasIndices, type Problem } from "./problem.ts";
import { sumMap, sumVoxels } from "./sum-voxels.ts";
import { denseTarget, voxelWeights, weighed } from "./targets.ts";

/** sum v of each sample, the weight of the voxels that count, `[batch, 1]`. */
export function validVoxels(problem: Problem): Tensor2D {
  if (countsAll(problem)) return fill([problem.batch, 1], problem.voxels);
  return ofTargets(fusedValidVoxels, problem, () =>
    reshape(sumMap(portableWeights(problem) as Tensor2D), [problem.batch, 1]),
  );
}

/** sum v g of each (sample, class), `[batch, classes]`, from the target alone. */
export function labelledSums(problem: Problem): Tensor2D {
  return ofTargets(fusedLabelledSums, problem, () =>
    sumVoxels(weighed(denseTarget(kernelArguments(problem).inputs), portableWeights(problem))),
  );
}

/** v of a problem, `[batch, voxels]`; nothing where every voxel weighs 1. */
export function weightsOf(problem: Problem): Tensor2D | undefined {
  if (countsAll(problem)) return undefined;
  return ofTargets(fusedVoxelWeights, problem, () => portableWeights(problem) as Tensor2D);
}

/** Whether every voxel weighs 1: dense labels, and no weights. */
function countsAll(problem: Problem): boolean {
  return problem.weights === undefined && !hasIndices(problem);
}

/** Runs a kernel that reads labels and weights alone. */
function ofTargets(kernel: FusedKernel, problem: Problem, portable: () => Tensor2D): Tensor2D {
  const { labels, weights, classes } = problem;
  const { ignoreLabel } = kernelArguments(problem).attributes;
  return runConstant(kernel, { labels, weights }, { classes, ignoreLabel }, problem.fused, portable);
}

function portableWeights(problem: Problem): Tensor2D | undefined {
  const { inputs, attributes } = kernelArguments(problem);
  return voxelWeights(inputs, attributes);
}
