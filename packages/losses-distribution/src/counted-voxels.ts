import { detached, type Problem, weightsOf } from "@lossary/core-reduce";
import { cast, greater, type Tensor2D } from "@tensorflow/tfjs-core";

/** 1 where a voxel counts, 0 where it is ignored, `[batch, voxels]`; nothing where every voxel is known to count. */
export function countedVoxels(problem: Problem): Tensor2D | undefined {
  const weights = weightsOf(problem);
  return weights && problem.weights ? detached(() => cast(greater(weights, 0), "float32")) : weights;
}
