import { type Problem, sumVoxels } from "@lossary/core-reduce";
import { abs, mul, reshape, sign, type Tensor2D, type Tensor3D } from "@tensorflow/tfjs-core";
import { clearedDifference, voxelWeights } from "./masks.ts";
import { withProblem } from "./with-problem.ts";

/** The sums of v |y - t| of each (sample, class), `[batch, classes]`, with the gradient 0 where y = t. */
export function absoluteErrorSums(problem: Problem): Tensor2D {
  return withProblem(
    problem,
    problem.predictions,
    (y, at) => sumVoxels(mul(abs(clearedDifference(y, at)), voxelWeights(at)) as Tensor3D),
    (upstream, y, at) => {
      const slope = mul(sign(clearedDifference(y, at)), voxelWeights(at));
      return mul(slope, reshape(upstream, [at.batch, 1, at.classes])) as Tensor3D;
    },
  );
}
