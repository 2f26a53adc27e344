import type { ArrayCall } from "./fused-kernel.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** A field of distributions with their logarithms; one channel stands for p and 1 - p. */
export interface Distributions {
  readonly batch: number;
  readonly voxels: number;
  readonly classes: number;
  readonly spatial: readonly number[];
  readonly p: Float32Array;
  /** ln P, of both sides where there is one channel. */
  readonly logarithms: Float32Array;
  /** v, if there are weights. */
  readonly weights: ArrayLike<number> | undefined;
}

/** Where the boundary is predicted, and where it should go. */
export interface Directions extends Distributions {
  readonly distance: Float32Array;
  readonly boundary: Float32Array;
  readonly maxDistance: number;
  readonly smoothing: number;
  /** Distances that differ by a smaller share are equal. */
  readonly tie: number;
}

export function distributionsOf(given: VoxelArrays, { attributes, floats }: ArrayCall): Distributions {
  const { batch, voxels, classes, weights } = given;
  const [p, logarithms] = [floats("predictions"), floats("logarithms")];
  return { batch, voxels, classes, spatial: attributes.spatial as number[], p, logarithms, weights };
}

export function directionsOf(given: VoxelArrays, call: ArrayCall): Directions {
  const { maxDistance, smoothing, tie } = call.attributes as Record<"maxDistance" | "smoothing" | "tie", number>;
  const [distance, boundary] = [call.floats("distance"), call.floats("boundary")];
  return { ...distributionsOf(given, call), distance, boundary, maxDistance, smoothing, tie };
}

/** Fills the sums over the face neighbours that count of KL(P_i || P_j), 0 at voxels that do not. */
export function faceDivergences(distributions: Distributions, turns: Float32Array): void {
  const { batch, voxels, classes, spatial, logarithms } = distributions;
  const sides = Math.max(2, classes);
  turns.fill(0);
  for (const [axis, side] of spatial.entries()) {
    const inner = spatial.slice(axis + 1).reduce((size, length) => size * length, 1);
    for (let start = 0; start < batch * voxels; start += side * inner) {
      for (let one = start; one < start + (side - 1) * inner; one++) {
        const next = one + inner;
        if (!(weightOf(distributions, one) > 0 && weightOf(distributions, next) > 0)) continue;
        let [there, back] = [0, 0];
        for (let side = 0; side < sides; side++) {
          const step = (logarithms[one * sides + side] as number) - (logarithms[next * sides + side] as number);
          there += shareOf(distributions, one, side) * step;
          back -= shareOf(distributions, next, side) * step;
        }
        turns[one] = (turns[one] as number) + there;
        turns[next] = (turns[next] as number) + back;
      }
    }
  }
}

/** Fills the losses of the samples, `[batch]`. */
export function directionLosses(directions: Directions, losses: Float32Array): void {
  for (let sample = 0; sample < directions.batch; sample++) {
    let [sum, mass] = [0, 0];
    eachMoving(directions, sample, ({ voxel, scores, targets }) => {
      const total = logSum(scores);
      const entropy = scores.reduce((loss, score, j) => loss + (targets[j] as number) * (total - score), 0);
      sum += costOf(directions, voxel) * entropy;
      mass += weightOf(directions, voxel);
    });
    losses[sample] = mass > 0 ? sum / mass : 0;
  }
}

/** Fills the gradient with respect to p: -sum_j (softmax_j - t_j) ln P_j at the voxels that should go somewhere, 0 elsewhere. */
export function directionLossesGradient(directions: Directions, upstream: Float32Array, gradient: Float32Array): void {
  const { classes, logarithms, batch } = directions;
  const sides = Math.max(2, classes);
  gradient.fill(0);
  for (let sample = 0; sample < batch; sample++) {
    let mass = 0;
    const moving: number[] = [];
    eachMoving(directions, sample, ({ voxel, neighbours, scores, targets }) => {
      mass += weightOf(directions, voxel);
      moving.push(voxel);
      const [total, cost] = [logSum(scores), costOf(directions, voxel)];
      for (const [j, neighbour] of neighbours.entries()) {
        const share = -cost * (Math.exp((scores[j] as number) - total) - (targets[j] as number));
        for (let side = 0; side < sides; side++) {
          const at = voxel * classes + (classes === 1 ? 0 : side);
          const slope =
            (classes === 1 && side === 1 ? -share : share) * (logarithms[neighbour * sides + side] as number);
          gradient[at] = (gradient[at] as number) + slope;
        }
      }
    });
    for (const voxel of moving) {
      for (let at = voxel * classes; at < (voxel + 1) * classes; at++) {
        gradient[at] = ((gradient[at] as number) * (upstream[sample] as number)) / mass;
      }
    }
  }
}

/** A voxel of the predicted boundary that has a neighbour nearer to the true one: its neighbours that count, their divergences but for what is the same for all, and the target. */
interface Moving {
  readonly voxel: number;
  readonly neighbours: readonly number[];
  readonly scores: readonly number[];
  readonly targets: readonly number[];
}

function weightOf({ weights }: Distributions, voxel: number): number {
  return weights ? (weights[voxel] as number) : 1;
}

/** P of one side of a voxel. */
function shareOf({ classes, p }: Distributions, voxel: number, side: number): number {
  if (classes > 1) return p[voxel * classes + side] as number;
  return side === 0 ? (p[voxel] as number) : 1 - (p[voxel] as number);
}

/** The weight of a voxel times its distance, up to the largest that costs more. */
function costOf(directions: Directions, voxel: number): number {
  const { distance, maxDistance } = directions;
  return weightOf(directions, voxel) * Math.min((distance[voxel] as number) / maxDistance, 1);
}

function logSum(scores: readonly number[]): number {
  const top = Math.max(...scores);
  return top + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0));
}

function eachMoving(directions: Directions, sample: number, visit: (moving: Moving) => void): void {
  const { voxels, classes, spatial, logarithms, distance, boundary, smoothing, tie } = directions;
  const sides = Math.max(2, classes);
  const first = sample * voxels;
  for (let voxel = first; voxel < first + voxels; voxel++) {
    if (!((boundary[voxel] as number) > 0 && weightOf(directions, voxel) > 0)) continue;
    const neighbours = cornersOf(voxel - first, spatial)
      .map((place) => first + place)
      .filter((place) => weightOf(directions, place) > 0);
    const nearest = neighbours.reduce((least, j) => Math.min(least, distance[j] as number), Number.POSITIVE_INFINITY);
    if (!(nearest < (distance[voxel] as number) * (1 - tie))) continue;
    const isGoal = neighbours.map((j) => (distance[j] as number) <= nearest * (1 + tie));
    const towards = (1 - smoothing) / isGoal.filter(Boolean).length;
    const targets = isGoal.map((is) => smoothing / neighbours.length + (is ? towards : 0));
    const scores = neighbours.map((j) => {
      let score = 0;
      for (let side = 0; side < sides; side++) {
        score -= shareOf(directions, voxel, side) * (logarithms[j * sides + side] as number);
      }
      return score;
    });
    visit({ voxel, neighbours, scores, targets });
  }
}

/** The places in an image that share a corner with one. */
function cornersOf(place: number, spatial: readonly number[]): number[] {
  let rest = place;
  const at = spatial.toReversed().map((side) => {
    const here = rest % side;
    rest = Math.floor(rest / side);
    return here;
  });
  const places = at
    .toReversed()
    .reduce<number[]>(
      (all, here, axis) =>
        all.flatMap((sofar) =>
          [here - 1, here, here + 1]
            .filter((next) => next >= 0 && next < (spatial[axis] as number))
            .map((next) => sofar * (spatial[axis] as number) + next),
        ),
      [0],
    );
  return places.filter((next) => next !== place);
}
