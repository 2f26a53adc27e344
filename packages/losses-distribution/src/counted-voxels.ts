import { detached, type Problem, weightsOf } from "@lossary/core-reduce";
import { cast, greater, ones, type Tensor2D } from "@tensorflow/tfjs-core";

/** 1 where a voxel counts, 0 where it is ignored, `[batch, voxels]`. */
export function countedVoxels(problem: Problem): Tensor2D {
  return detached(() => {
    const weights = weightsOf(problem) ?? ones([problem.batch, problem.voxels]);
    return problem.weights ? cast(greater(weights, 0), "float32") : weights;
  });
}
