import { type Problem, sumVoxels } from "@lossary/core-reduce";
import { abs, mul, reshape, sign, type Tensor2D, type Tensor3D, tidy } from "@tensorflow/tfjs-core";
import { clearedDifference, voxelWeights } from "./masks.ts";
import { withProblem } from "./with-problem.ts";

/** The sums of v |y - t| of each (sample, class), `[batch, classes]`, with the gradient 0 where y = t. */
export function absoluteErrorSums(problem: Problem): Tensor2D {
  return withProblem(
    problem,
    problem.predictions,
    (y, at) => {
      const errors = tidy(() => abs(clearedDifference(y, at)));
      return sumVoxels(mul(errors, voxelWeights(at)) as Tensor3D, at.fused);
    },
    (upstream, y, at) => {
      const signs = tidy(() => sign(clearedDifference(y, at)));
      const slope = tidy(() => mul(signs, voxelWeights(at)));
      return mul(slope, reshape(upstream, [at.batch, 1, at.classes])) as Tensor3D;
    },
  );
}
