// One class behind a sigmoid, the commonest problem of all: from the tile to the sums, or to the gradient, in one loop without planes.
import { isAny, Nothing } from "./beside";
import { areHard } from "./hard";
import { labelsAt, predictionsAt, weightsAt } from "./memory";
import { exponential, ones, power, splat } from "./numbers";
import {
  addDenseCrossEntropy,
  addDenseOverlap,
  slopesOfDenseCrossEntropy,
  slopesOfDenseOverlap,
} from "./one-class-dense";
import {
  addIndexedCrossEntropy,
  addHardOverlap,
  slopesOfIndexedCrossEntropy,
  slopesOfIndexedOverlap,
} from "./one-class-indices";
import { slopesOfLeftOverlap } from "./one-class-left";
import { denseLabels, hasWeights, labels } from "./stage";

/** Whether a loop is compiled with a property or without it. */
@unmanaged export class No {}
@unmanaged export class Yes { a: u8; }

/** A logit whose probability is nothing. */
const lowest: f32 = -1e30;

/** The largest exponent: e^87 is finite, and 1 / (1 + e^87) no denormal. */
export const largestExponent: f32 = 87;

/** e^-x, of which p = 1 / (1 + e^-x) and 1 - p = p e^-x keep all digits on either side. */
// @ts-ignore: decorator
@inline
export function oddsAgainst(x: v128): v128 {
  return exponential(f32x4.pmin(splat(largestExponent), f32x4.neg(x)));
}

/** 1 / (1 + t). */
// @ts-ignore: decorator
@inline
export function shareOfOne(t: v128): v128 {
  return f32x4.div(ones(), f32x4.add(t, ones()));
}

/**
 * The derivative of s^gamma ln (1 + e^x), s the sigmoid of x: s^gamma (s + gamma (1 - s) ln (1 + e^x)). The term is a focal one where x says how much
 * speaks against the truth. Called, not inlined: it stands in many loops.
 */
export function focalSlopeOfOne(s: v128, rest: v128, log: v128, exponent: f32): v128 {
  return f32x4.mul(focusOfOne(s, exponent), f32x4.add(s, f32x4.mul(f32x4.mul(splat(exponent), rest), log)));
}

/** s^gamma, likewise. */
export function focusOfOne(s: v128, exponent: f32): v128 {
  return power(s, exponent);
}

/** Bytes of a tile, whole groups of four: voxels that add nothing fill up the last one. */
export function filled(voxels: i32): usize {
  const bytes = (<usize>((voxels + 3) & ~3)) << 2;
  for (let at = (<usize>voxels) << 2; at < bytes; at += 4) {
    store<f32>(predictionsAt + at, lowest);
    if (hasWeights) store<f32>(weightsAt + at, 0);
    if (labels == denseLabels) store<f32>(labelsAt + at, 0);
    else store<i32>(labelsAt + at, -1);
  }
  return bytes;
}

/** Adds I, FP, FN and E of a tile. Says whether what it leaves holds the labels too. */
export function overlapOfOne(voxels: i32, product: bool): bool {
  const bytes = filled(voxels);
  if (addHardTile<Nothing>(voxels, bytes)) return true;
  if (product) {
    if (hasWeights) addDenseOverlap<Yes, Yes>(bytes);
    else addDenseOverlap<No, Yes>(bytes);
  } else if (hasWeights) addDenseOverlap<Yes, No>(bytes);
  else addDenseOverlap<No, No>(bytes);
  return false;
}

/** Adds them, and what stands beside them, if the labels of the tile are hard, and leaves its probabilities with their labels. */
export function addHardTile<Beside>(voxels: i32, bytes: usize): bool {
  const isDense = labels == denseLabels;
  if (isDense && !areHard(0, voxels)) return false;
  // 1 - p of what fills up the last group is 1: its label has to say that it does not count
  if (isAny<Beside>()) for (let at = (<usize>voxels) << 2; at < bytes; at += 4) store<i32>(labelsAt + at, -1);
  // min(p, g) is p g
  if (hasWeights) addHardOverlap<Yes, Beside>(bytes, isDense);
  else addHardOverlap<No, Beside>(bytes, isDense);
  return true;
}

/** Replaces what a forward pass has left of a tile, with labels, by the gradient. */
export function leftOverlapGradientOfOne<Beside>(voxels: i32): void {
  const bytes = filled(voxels);
  if (hasWeights) slopesOfLeftOverlap<Yes, Beside>(bytes);
  else slopesOfLeftOverlap<No, Beside>(bytes);
}

/** Replaces the predictions of a tile by the gradient of the sums of overlap. */
export function overlapGradientOfOne(voxels: i32, product: bool): void {
  const bytes = filled(voxels);
  if (labels != denseLabels) {
    if (hasWeights) slopesOfIndexedOverlap<Yes>(bytes);
    else slopesOfIndexedOverlap<No>(bytes);
  } else if (product) {
    if (hasWeights) slopesOfDenseOverlap<Yes, Yes>(bytes);
    else slopesOfDenseOverlap<No, Yes>(bytes);
  } else if (hasWeights) slopesOfDenseOverlap<Yes, No>(bytes);
  else slopesOfDenseOverlap<No, No>(bytes);
}

/** Adds the sums of v g (1 - p)^gamma (-ln p) and v (1 - g) p^gamma (-ln (1 - p)) of a tile; where it is kept, their gradient takes the predictions' place. */
export function crossEntropyOfOne(voxels: i32): void {
  const bytes = weighted(voxels);
  if (labels != denseLabels) addIndexedCrossEntropy(bytes);
  else addDenseCrossEntropy(bytes);
}

/** Replaces the predictions of a tile by the gradient of these sums, v [b (1 - g) p - a g (1 - p)] without gamma. */
export function crossEntropyGradientOfOne(voxels: i32): void {
  const bytes = weighted(voxels);
  if (labels != denseLabels) slopesOfIndexedCrossEntropy(bytes);
  else slopesOfDenseCrossEntropy(bytes);
}

/** As `filled`; without weights every voxel weighs 1, since these loops are too large to be compiled twice. */
function weighted(voxels: i32): usize {
  const bytes = filled(voxels);
  if (!hasWeights) for (let at: usize = 0; at < bytes; at += 16) v128.store(weightsAt + at, ones());
  return bytes;
}
