import type { BallSumsOf, Balls, Stack } from "./balls.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** One channel of a sample, one number a voxel. */
export interface BallChannel {
  readonly p: Float32Array;
  readonly g: Float32Array;
  /** v. */
  readonly weights: Float32Array;
  /** How many voxels of the ball count, and the sums of p and g over it. */
  readonly sizes: Float32Array;
  readonly sumsOfP: Float32Array;
  readonly sumsOfG: Float32Array;
  /** The slopes so far, to which those that do not go through means are added. */
  readonly slopes: Float32Array;
  /** What the mean of p over the ball around each voxel is worth, as much as each voxel of the ball has part in it. */
  readonly through: Float32Array;
}

/** How the work is done. */
export interface BallWork {
  readonly sumsOf: BallSumsOf;
  /** The sum of the terms of one ball. */
  readonly weigh: (channel: BallChannel, weight: number) => number;
}

/**
 * Fills the sums over voxels of v sum_r r^alpha (p - g)^2 (g M + p N), `[batch, classes]`, and the slopes of each of them, if there is room for that.
 *
 * With the means over a ball P of p and G of g: M = max(1 - 2P, 0) + max(2G - 1, 0), N = max(1 - 2G, 0) + max(2P - 1, 0). Through P a voxel
 * gets the sum over the ball around it of what P is worth elsewhere, since a ball is its own mirror image.
 */
export function ballErrors(
  given: VoxelArrays,
  balls: Balls,
  { sumsOf, weigh }: BallWork,
  totals: Float32Array,
  slopes: Float32Array | undefined,
): void {
  const { batch, voxels, classes, weights } = given;
  const room = () => new Float32Array(voxels);
  const channel = {
    p: room(),
    g: room(),
    weights: room(),
    sumsOfP: room(),
    sumsOfG: room(),
    slopes: room(),
    through: room(),
  };
  const counted = weights ? room() : channel.weights;
  const sizes = balls.balls.map(room);
  for (let sample = 0; sample < batch; sample++) {
    if (weights || sample === 0) {
      channel.weights.fill(1);
      if (weights) channel.weights.set(weights.subarray(sample * voxels, (sample + 1) * voxels));
      for (let i = 0; i < voxels; i++) counted[i] = (channel.weights[i] as number) > 0 ? 1 : 0;
      const sumCounted = sumsOf(balls, 0, counted);
      for (const [index, ball] of balls.balls.entries()) sumCounted(ball, sizes[index] as Float32Array);
    }
    for (let label = 0; label < classes; label++) {
      readChannel(given, sample, label, counted, channel);
      const [sumP, sumG] = [sumsOf(balls, 0, channel.p), sumsOf(balls, 1, channel.g)];
      channel.slopes.fill(0);
      let total = 0;
      for (const [index, ball] of balls.balls.entries()) {
        sumP(ball, channel.sumsOfP);
        sumG(ball, channel.sumsOfG);
        total += weigh({ ...channel, sizes: sizes[index] as Float32Array }, ball.weight);
        if (slopes) addThrough(sumsOf, balls, ball, channel, counted);
      }
      totals[sample * classes + label] = total;
      const first = sample * voxels * classes + label;
      if (slopes) for (let i = 0, at = first; i < voxels; i++, at += classes) slopes[at] = channel.slopes[i] as number;
    }
  }
}

function addThrough(
  sumsOf: BallSumsOf,
  balls: Balls,
  ball: Stack,
  { through, sumsOfP, slopes }: Omit<BallChannel, "sizes">,
  counted: Float32Array,
): void {
  sumsOf({ ...balls, balls: [ball] }, 2, through)(ball, sumsOfP);
  for (let i = 0; i < slopes.length; i++) {
    slopes[i] = (slopes[i] as number) + (counted[i] as number) * (sumsOfP[i] as number);
  }
}

/** p and g of one channel, 0 at ignored voxels, whatever stands there. */
function readChannel(
  { voxels, classes, predictions, labels, indexed }: VoxelArrays,
  sample: number,
  label: number,
  counted: Float32Array,
  { p, g }: { readonly p: Float32Array; readonly g: Float32Array },
): void {
  if (predictions === undefined || labels === undefined) throw new Error("balls: predictions and labels must be given");
  const named = classes === 1 ? 1 : label;
  for (let i = 0, row = sample * voxels, at = row * classes + label; i < voxels; i++, row++, at += classes) {
    const counts = counted[i] === 1;
    p[i] = counts ? (predictions[at] as number) : 0;
    g[i] = counts ? (indexed ? Number(labels[row] === named) : (labels[at] as number)) : 0;
  }
}

/** By plain loops. */
export function loopWeigh(channel: BallChannel, weightOfBall: number): number {
  const { p, g, weights, sizes, sumsOfP, sumsOfG, slopes, through } = channel;
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const [pHere, gHere, size] = [p[i] as number, g[i] as number, Math.max(sizes[i] as number, 1)];
    // twice the mean less 1, exactly 0 where the mean is exactly one half
    const predicted = (2 * (sumsOfP[i] as number) - size) / size;
    const labelled = (2 * (sumsOfG[i] as number) - size) / size;
    const missed = Math.max(-predicted, 0) + Math.max(labelled, 0);
    const invented = Math.max(-labelled, 0) + Math.max(predicted, 0);
    const weight = (weights[i] as number) * weightOfBall;
    const error = pHere - gHere;
    const factor = gHere * missed + pHere * invented;
    sum += weight * error * error * factor;
    slopes[i] = (slopes[i] as number) + weight * error * (2 * factor + error * invented);
    const side = predicted > 0 ? pHere : predicted < 0 ? -gHere : 0;
    through[i] = (2 * weight * error * error * side) / size;
  }
  return sum;
}

/** The slopes times what comes in at the sum of their sample and class. */
export function scaleSlopes(
  { batch, voxels, classes }: VoxelArrays,
  upstream: Float32Array,
  slopes: Float32Array,
  gradient: Float32Array,
): void {
  for (let sample = 0, at = 0; sample < batch; sample++) {
    for (let i = 0; i < voxels; i++) {
      for (let c = 0; c < classes; c++, at++) {
        gradient[at] = (slopes[at] as number) * (upstream[sample * classes + c] as number);
      }
    }
  }
}
