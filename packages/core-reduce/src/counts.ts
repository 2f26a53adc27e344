import { fill, reshape, type Tensor2D } from "@tensorflow/tfjs-core";
import { kernelArguments } from "./kernel.ts";
import type { Problem } from "./problem.ts";
import { sumMap, sumVoxels } from "./sum-voxels.ts";
import { denseTarget, voxelWeights, weighed } from "./targets.ts";

/** sum v of each sample, the weight of the voxels that count, `[batch, 1]`. */
export function validVoxels(problem: Problem): Tensor2D {
  const weights = weightsOf(problem);
  return weights ? reshape(sumMap(weights), [problem.batch, 1]) : fill([problem.batch, 1], problem.voxels);
}

/** sum v g of each (sample, class), `[batch, classes]`, from the target alone. */
export function labelledSums(problem: Problem): Tensor2D {
  return sumVoxels(weighed(denseTarget(kernelArguments(problem).inputs), weightsOf(problem)));
}

/** v of a problem, `[batch, voxels]`; nothing where every voxel weighs 1. */
export function weightsOf(problem: Problem): Tensor2D | undefined {
  const { inputs, attributes } = kernelArguments(problem);
  return voxelWeights(inputs, attributes);
}
