import { type NeighbourWindow, type Problem, sumVoxels, windowSum } from "@lossary/core-reduce";
import {
  add,
  dispose,
  mul,
  relu,
  reshape,
  square,
  step,
  sub,
  type Tensor2D,
  type Tensor3D,
  tidy,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { clearedDifference, countedMap, times, weightMap } from "./masks.ts";
import { withProblem } from "./with-problem.ts";

/** How often errors are eroded, and the power of the depth. */
export interface Erosions {
  readonly erosions: number;
  readonly alpha: number;
}

/**
 * The sums over voxels of v sum_k k^alpha e_k of each (sample, class), `[batch, classes]`, differentiable with respect to p.
 *
 * The way back only needs to know where e_k > 0. That is one bit a depth, all of them in one number a voxel (float32 holds 24): memory is
 * a few maps, however many erosions there are.
 */
export function erodedErrorSums(problem: Problem, p: Tensor3D, { erosions, alpha }: Erosions): Tensor2D {
  const depths = Array.from({ length: erosions }, (_, index) => index + 1);
  return withProblem(
    problem,
    p,
    (x, at) => {
      const total = overErosions(x, at, depths, (field, depth) => mul(field, depth ** alpha));
      return sumVoxels(times(total, weightMap(at)), at.fused);
    },
    (upstream, x, at) => {
      const bits = overErosions(x, at, depths, (field, depth) => mul(step(field), 2 ** (depth - 1)));
      const slope = throughErosions(bits, at, depths, alpha);
      const ofUpstream = mul(slope, reshape(upstream, [at.batch, 1, at.classes]));
      return mul(mul(ofUpstream, clearedDifference(x, at)), 2);
    },
  );
}

/** The sum over the depths of a term of e_k; nothing but the running sum is alive from one depth to the next. */
function overErosions(
  p: Tensor3D,
  problem: Problem,
  depths: readonly number[],
  term: (field: Tensor3D, depth: number) => Tensor3D,
): Tensor3D {
  const counted = countedMap(problem);
  let eroded = tidy(() => square(clearedDifference(p, problem)));
  let total = zerosLike(eroded);
  for (const depth of depths) {
    // what is too much is disposed before something is made of what is left
    const mean = twiceMean(eroded, problem);
    dispose(eroded);
    eroded = tidy(() => {
      const rest = tidy(() => relu(sub(mean, 1)) as Tensor3D);
      return times(rest, counted);
    });
    dispose(mean);
    const sum = tidy(() => add(total, term(eroded, depth))) as Tensor3D;
    dispose(total);
    total = sum;
  }
  dispose(eroded);
  if (counted) dispose(counted);
  return total;
}

/** The derivative of v sum_k k^alpha e_k by e_0, from the deepest erosion to the first: a_(k-1) = 2 B [e_k > 0] (a_k + v k^alpha). */
function throughErosions(bits: Tensor3D, problem: Problem, depths: readonly number[], alpha: number): Tensor3D {
  const weights = weightMap(problem);
  let slope = zerosLike(bits);
  let rest = bits;
  for (const depth of [...depths].reverse()) {
    const bit = 2 ** (depth - 1);
    // bits are whole numbers: at least one of this depth is left, or less than it by 1
    const alive = tidy(() => step(sub(rest, bit - 0.5))) as Tensor3D;
    const arriving = tidy(() => {
      const sum = tidy(() => add(slope, weights ? mul(weights, depth ** alpha) : depth ** alpha));
      return mul(alive, sum) as Tensor3D;
    });
    const below = tidy(() => sub(rest, mul(alive, bit))) as Tensor3D;
    dispose([slope, rest, alive]);
    slope = twiceMean(arriving, problem);
    dispose(arriving);
    rest = below;
  }
  dispose(rest);
  return slope;
}

/** 2 B, with B the mean of a voxel and its face neighbours, 0 beyond the image. It is its own transpose. */
function twiceMean(values: Tensor3D, { spatial, fused }: Problem): Tensor3D {
  const window: NeighbourWindow = { spatial, axes: [...spatial.keys()], fused };
  return tidy(() => mul(windowSum(values, window), 2 / (2 * spatial.length + 1)));
}
