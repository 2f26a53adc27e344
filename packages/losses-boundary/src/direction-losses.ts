import { detached, type Problem, probabilities, sumVoxels, withGradient } from "@lossary/core-reduce";
import {
  add,
  concat,
  dispose,
  div,
  exp,
  fill,
  greater,
  log,
  maximum,
  mul,
  neg,
  reshape,
  slice,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor3D,
  tidy,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { logarithms } from "./boundary-voxels.ts";
import { type Directions, isGoal } from "./direction-targets.ts";
import { folded } from "./folded.ts";
import { embedded, extracted, moved } from "./grid.ts";
import { cornerOffsets } from "./neighbours.ts";

/** What one neighbour of every voxel adds: its logarithms, its score (no neighbour: far below all others) and its part of the target. */
interface Neighbour {
  readonly logarithm: Tensor3D;
  readonly score: Tensor3D;
  readonly target: Tensor3D;
}

/** The score where there is no neighbour. */
const lowest = -1e30;

/**
 * The losses of the samples, `[batch]`: the sum of share x D, differentiable with respect to the predictions.
 *
 * KL(P_i || P_j) = sum P_i ln P_i - sum P_i ln P_j. The first sum is the same for all neighbours and drops out of D, so a score is the second one;
 * the neighbours are visited one after the other, once for the logarithm of the sum of exponentials and once more for the gradient
 * -sum_j (softmax_j - t_j) ln P_j, so that memory does not grow with their number.
 */
export function visitedLosses(problem: Problem, directions: Directions, smoothing: number): Tensor1D {
  const p = probabilities(problem);
  const { batch, spatial, classes } = problem;
  const { grid, distance, nearest, neighbours, goals, counted, share } = directions;
  const logarithm = detached(() => embedded(logarithms(problem), grid));
  const kept = [p, logarithm, distance, nearest, neighbours, goals, counted, share];
  const offsets = cornerOffsets(spatial.length);

  const visit = (tensors: readonly Tensor[]) => {
    const [x, logarithm, distance, nearest, neighbours, goals, counted] = tensors as Kept;
    const channels = classes > 1 ? x : (concat([x, sub(1, x)], -1) as Tensor3D);
    const distribution = embedded(channels, grid);
    return (offset: readonly number[]): Neighbour => {
      const is = moved(counted, grid, offset);
      const ofNeighbour = moved(logarithm, grid, offset);
      const score = tidy(() => {
        const products = tidy(() => sum(mul(distribution, ofNeighbour), -1, true));
        return where(greater(is, 0), neg(products), fill(is.shape, lowest)) as Tensor3D;
      });
      const target = tidy(() => {
        const even = div(smoothing, maximum(neighbours, 1));
        const towards = div(mul(isGoal(moved(distance, grid, offset), nearest), 1 - smoothing), maximum(goals, 1));
        return mul(add(even, towards), is) as Tensor3D;
      });
      return { logarithm: ofNeighbour, score, target };
    };
  };

  return withGradient<Tensor3D, Tensor1D>(
    p,
    kept,
    () => {
      const { logSum, aimed } = overNeighbours(offsets, visit(kept));
      return reshape(sumVoxels(mul(share, sub(logSum, aimed))), [batch]);
    },
    (upstream, tensors) => {
      const neighbour = visit(tensors);
      const { logSum } = overNeighbours(offsets, neighbour);
      const slope = folded(zerosLike(tensors[1] as Tensor3D), offsets, (sofar, offset) => {
        const { score, target, logarithm } = neighbour(offset);
        const step = tidy(() => mul(sub(exp(sub(score, logSum)), target), logarithm));
        return sub(sofar, step);
      });
      const weighed = extracted(mul(slope, tensors[7] as Tensor3D), grid);
      const ofUpstream = mul(weighed, reshape(upstream, [batch, 1, 1])) as Tensor3D;
      if (classes > 1) return ofUpstream;
      return sub(slice(ofUpstream, [0, 0, 0], [-1, -1, 1]), slice(ofUpstream, [0, 0, 1], [-1, -1, 1]));
    },
  );
}

/** p, and the tensors of the directions in their order. */
type Kept = [Tensor3D, Tensor3D, Tensor3D, Tensor3D, Tensor3D, Tensor3D, Tensor3D];

/** ln sum_j exp(score_j), in one pass with a running maximum, and sum_j t_j score_j. */
function overNeighbours(offsets: readonly (readonly number[])[], neighbour: (offset: readonly number[]) => Neighbour) {
  let sofar: [top: Tensor3D, sum: Tensor3D, aimed: Tensor3D] | undefined;
  for (const offset of offsets) {
    const next = tidy(() => {
      const { score, target } = neighbour(offset);
      const aimed = mul(target, score) as Tensor3D;
      if (sofar === undefined) return [score, fill(score.shape, 1), aimed] as [Tensor3D, Tensor3D, Tensor3D];
      const top = maximum(sofar[0], score) as Tensor3D;
      const total = add(mul(sofar[1], exp(sub(sofar[0], top))), exp(sub(score, top))) as Tensor3D;
      return [top, total, add(sofar[2], aimed)] as [Tensor3D, Tensor3D, Tensor3D];
    });
    if (sofar) dispose(sofar);
    sofar = next;
  }
  const [top, total, aimed] = sofar as [Tensor3D, Tensor3D, Tensor3D];
  return { logSum: add(top, log(total)) as Tensor3D, aimed };
}
