import { type Problem, sumVoxels } from "@lossary/core-reduce";
import {
  add,
  cast,
  dispose,
  greaterEqual,
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
import { embedded, extracted, type Grid, nextTo } from "./grid.ts";
import { clearedDifference, countedVoxels, voxelWeights } from "./masks.ts";
import { faceSum } from "./neighbours.ts";
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
  const grid = nextTo(problem.spatial);
  return withProblem(
    problem,
    p,
    (x, at) => {
      const total = overErosions(x, at, grid, depths, (field, depth) => mul(field, depth ** alpha));
      return sumVoxels(mul(total, embedded(voxelWeights(at), grid)));
    },
    (upstream, x, at) => {
      const bits = overErosions(x, at, grid, depths, (field, depth) => mul(step(field), 2 ** (depth - 1)));
      const slope = extracted(throughErosions(bits, embedded(voxelWeights(at), grid), grid, depths, alpha), grid);
      const ofUpstream = mul(slope, reshape(upstream, [at.batch, 1, at.classes]));
      return mul(mul(ofUpstream, clearedDifference(x, at)), 2);
    },
  );
}

/** The sum over the depths of a term of e_k; nothing but the running sum is alive from one depth to the next. */
function overErosions(
  p: Tensor3D,
  problem: Problem,
  grid: Grid,
  depths: readonly number[],
  term: (field: Tensor3D, depth: number) => Tensor3D,
): Tensor3D {
  // the zeros of the grid stay 0, as every voxel does that does not count
  const counted = embedded(countedVoxels(problem), grid);
  let eroded = tidy(() => embedded(square(clearedDifference(p, problem)), grid));
  let total = zerosLike(eroded);
  for (const depth of depths) {
    // what is too much is disposed before something is made of what is left
    const mean = crossMean(eroded, grid);
    dispose(eroded);
    eroded = tidy(() => {
      const rest = tidy(() => relu(sub(mul(mean, 2), 1)));
      return mul(rest, counted) as Tensor3D;
    });
    dispose(mean);
    const sum = tidy(() => add(total, term(eroded, depth))) as Tensor3D;
    dispose(total);
    total = sum;
  }
  dispose([eroded, counted]);
  return total;
}

/** The derivative of v sum_k k^alpha e_k by e_0, from the deepest erosion to the first: a_(k-1) = 2 B [e_k > 0] (a_k + v k^alpha). */
function throughErosions(
  bits: Tensor3D,
  weights: Tensor3D,
  grid: Grid,
  depths: readonly number[],
  alpha: number,
): Tensor3D {
  let slope = zerosLike(bits);
  let rest = bits;
  for (const depth of [...depths].reverse()) {
    const alive = tidy(() => cast(greaterEqual(rest, 2 ** (depth - 1)), "float32")) as Tensor3D;
    const arriving = tidy(() => {
      const sum = tidy(() => add(slope, mul(weights, depth ** alpha)));
      return mul(alive, sum) as Tensor3D;
    });
    const below = tidy(() => sub(rest, mul(alive, 2 ** (depth - 1)))) as Tensor3D;
    dispose([slope, rest, alive]);
    slope = tidy(() => mul(crossMean(arriving, grid), 2));
    dispose(arriving);
    rest = below;
  }
  dispose(rest);
  return slope;
}

/** B: the mean of a voxel and its face neighbours, 0 beyond the image. It is its own transpose. */
function crossMean(values: Tensor3D, grid: Grid): Tensor3D {
  const share = 1 / (2 * grid.spatial.length + 1);
  return tidy(() => mul(faceSum(values, grid, values), share) as Tensor3D);
}
