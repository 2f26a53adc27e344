import type { Activation } from "../loss.ts";
import { type Directions, eachMoving, type Moving } from "./moving-voxels.ts";

/** Where the gradient of the losses goes, and of what it is one. */
export interface Slopes {
  readonly classes: number;
  readonly activation: Activation;
  /** `[batch, voxels, classes]`; 0 but at the voxels that should go somewhere. */
  readonly gradient: Float32Array;
}

/** Fills the losses of the samples, `[batch]`, and where they are wanted, on the same way, their gradients with respect to the predictions. */
export function directionLosses(directions: Directions, losses: Float32Array, slopes?: Slopes): void {
  const slope = new Float64Array(directions.sides);
  slopes?.gradient.fill(0);
  for (let sample = 0; sample < directions.batch; sample++) {
    const voxels: number[] = [];
    let sum = 0;
    let mass = 0;
    eachMoving(directions, sample, (moving) => {
      const { count, scores, targets, weight, cost, voxel } = moving;
      const total = fillSoftmax(moving);
      let entropy = 0;
      for (let j = 0; j < count; j++) entropy += (targets[j] as number) * (total - (scores[j] as number));
      sum += cost * entropy;
      mass += weight;
      if (slopes === undefined) return;
      fillSlope(moving, directions, slope);
      putSlope(slope, voxel, directions, slopes);
      voxels.push(voxel);
    });
    losses[sample] = mass > 0 ? sum / mass : 0;
    if (slopes) for (const voxel of voxels) scale(slopes.gradient, voxel * slopes.classes, slopes.classes, 1 / mass);
  }
}

/** Multiplies the gradients of the losses by those with respect to them. What is 0 stays so. */
export function scaleSamples(gradient: Float32Array, upstream: Float32Array): void {
  const count = gradient.length / upstream.length;
  for (const [sample, factor] of upstream.entries()) scale(gradient, sample * count, count, factor);
}

function scale(gradient: Float32Array, first: number, count: number, factor: number): void {
  for (let at = first; at < first + count; at++) {
    const value = gradient[at] as number;
    if (value !== 0) gradient[at] = value * factor;
  }
}

/** Fills the softmax of the scores, and returns the logarithm of the sum of their exponentials. */
function fillSoftmax({ count, scores, softmax }: Moving): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < count; j++) top = Math.max(top, scores[j] as number);
  let sum = 0;
  for (let j = 0; j < count; j++) {
    softmax[j] = Math.exp((scores[j] as number) - top);
    sum += softmax[j] as number;
  }
  for (let j = 0; j < count; j++) softmax[j] = (softmax[j] as number) / sum;
  return top + Math.log(sum);
}

/** -sum_j cost (softmax_j - t_j) ln P_j, the slope of each side's P. */
function fillSlope(
  { count, neighbours, softmax, targets, cost }: Moving,
  directions: Directions,
  slope: Float64Array,
): void {
  const { records, sides } = directions;
  slope.fill(0);
  for (let j = 0; j < count; j++) {
    const share = cost * ((softmax[j] as number) - (targets[j] as number));
    const other = 2 * sides * (neighbours[j] as number) + sides;
    for (let side = 0; side < sides; side++) {
      slope[side] = (slope[side] as number) + share * (records[other + side] as number);
    }
  }
}

/** Puts the slopes of the predictions of a voxel where they belong, given those of P. */
function putSlope(
  slope: Float64Array,
  voxel: number,
  { records, sides }: Directions,
  { classes, activation, gradient }: Slopes,
): void {
  const own = 2 * sides * voxel;
  if (classes === 1) {
    // the second side is 1 - p
    const ofP = (slope[0] as number) - (slope[1] as number);
    gradient[voxel] = activation === "none" ? ofP : ofP * (records[own] as number) * (records[own + 1] as number);
  } else if (activation === "none") gradient.set(slope, voxel * classes);
  else {
    // P_k sum_c P_c (d_k - d_c): what is the same for all classes cancels before it is multiplied
    for (let k = 0; k < sides; k++) {
      let sum = 0;
      for (let c = 0; c < sides; c++) {
        sum += (records[own + c] as number) * ((slope[k] as number) - (slope[c] as number));
      }
      gradient[voxel * classes + k] = (records[own + k] as number) * sum;
    }
  }
}
