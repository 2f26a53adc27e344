// I, FP, FN and E of each class, and in the same pass what some losses sum beside them: the true negatives, the squared errors on either
// side of the truth, or a power of the errors; and the gradient of a weighted sum of all.
import { activate, probabilities, throughActivation } from "./activate";
import { chooseBeside, sides, Something, trueNegatives } from "./beside";
import { sideOf } from "./errors";
import { addHardBlock } from "./hard";
import { hasHardErrors } from "./hard-errors";
import { remember } from "./kept";
import {
  blockVoxels,
  classes,
  complement,
  plane,
  predictionsAt,
  probability,
  slope,
  target,
  termCoefficientsAt,
  termSumsAt,
  weight,
} from "./memory";
import { addTo, chunk, ones, power, splat } from "./numbers";
import { addHardTile, filled } from "./one-class";
import { addOverlap, dropLabels, shortfall, slopesOfOverlap } from "./overlap-sums";
import { join } from "./planes";
import { activation, bytesOf, isKept, isRecalled, none, stage } from "./stage";

/** Adds the sums of a tile. Says whether what it leaves holds the labels too. */
export function overlapErrorSums(voxels: i32, product: bool, beside: i32, exponent: f32): bool {
  const isTried = hasHardErrors(beside, exponent);
  const isOne = classes == 1;
  chooseBeside(beside);
  if (isTried && isOne && addHardTile<Something>(voxels, filled(voxels))) return true;
  let isLabelled = isTried && !isOne;
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    if (isTried && !isOne && addHardBlock<Something>(first, count)) continue;
    isLabelled = false;
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      addOverlap(c, bytes, product);
      if (beside == trueNegatives) addTrueNegatives(c, bytes, product);
      else if (beside == sides) addSides(c, bytes);
      else addPowers(c, bytes, exponent);
    }
    if (isKept) remember(first, bytes);
  }
  return isLabelled;
}

/** v min(1 - p, 1 - g), or v (1 - p) (1 - g) */
function addTrueNegatives(c: i32, bytes: usize, product: bool): void {
  const offset = <usize>c * plane;
  const sum = termSumsAt + ((<usize>c) << 6);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let negatives = splat(0);
    for (let at = from; at < end; at += 16) {
      const q = v128.load(complement + offset + at);
      const unlabelled = f32x4.sub(ones(), v128.load(target + offset + at));
      const term = product ? f32x4.mul(q, unlabelled) : f32x4.pmin(q, unlabelled);
      negatives = f32x4.add(negatives, f32x4.mul(term, v128.load(weight + at)));
    }
    v128.store(sum, addTo(v128.load(sum), negatives));
  }
}

/** v (p - g)^2 g, and v (p - g)^2 (1 - g) */
function addSides(c: i32, bytes: usize): void {
  const offset = <usize>c * plane;
  const sums = termSumsAt + ((<usize>c) << 6);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let ofLabelled = splat(0);
    let ofUnlabelled = splat(0);
    for (let at = from; at < end; at += 16) {
      const g = v128.load(target + offset + at);
      const missing = shortfall(v128.load(probability + offset + at), v128.load(complement + offset + at), g);
      const square = f32x4.mul(f32x4.mul(missing, missing), v128.load(weight + at));
      ofLabelled = f32x4.add(ofLabelled, f32x4.mul(square, g));
      ofUnlabelled = f32x4.add(ofUnlabelled, f32x4.mul(square, f32x4.sub(ones(), g)));
    }
    v128.store(sums, addTo(v128.load(sums), ofLabelled));
    v128.store(sums, addTo(v128.load(sums, 16), ofUnlabelled), 16);
  }
}

/** v |p - g|^exponent */
function addPowers(c: i32, bytes: usize, exponent: f32): void {
  const offset = <usize>c * plane;
  const sum = termSumsAt + ((<usize>c) << 6);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let powers = splat(0);
    for (let at = from; at < end; at += 16) {
      const g = v128.load(target + offset + at);
      const missing = shortfall(v128.load(probability + offset + at), v128.load(complement + offset + at), g);
      powers = f32x4.add(powers, f32x4.mul(power(f32x4.abs(missing), exponent), v128.load(weight + at)));
    }
    v128.store(sum, addTo(v128.load(sum), powers));
  }
}

/** Replaces the predictions of a tile by the gradient; the coefficients are the upstream gradients of the sums. */
export function overlapErrorSumsGradient(voxels: i32, product: bool, beside: i32, exponent: f32): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    if (isRecalled && hasHardErrors(beside, exponent)) dropLabels(bytes);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      slopesOfOverlap(c, bytes, product);
      addSlopes(c, bytes, product, beside, exponent);
    }
    throughActivation(bytes);
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}

/** Adds the slopes of what stands beside overlap. */
function addSlopes(c: i32, bytes: usize, product: bool, beside: i32, exponent: f32): void {
  const offset = <usize>c * plane;
  const coefficients = termCoefficientsAt + ((<usize>c) << 4);
  const first = v128.load32_splat(coefficients);
  const second = v128.load32_splat(coefficients, 4);
  for (let at: usize = 0; at < bytes; at += 16) {
    const p = v128.load(probability + offset + at);
    const g = v128.load(target + offset + at);
    const missing = shortfall(p, v128.load(complement + offset + at), g);
    const unlabelled = f32x4.sub(ones(), g);
    let d: v128;
    if (beside == trueNegatives) {
      d = f32x4.neg(f32x4.mul(product ? unlabelled : slopeOfMinimum(missing, unlabelled), first));
    } else if (beside == sides) {
      const share = f32x4.add(f32x4.mul(g, first), f32x4.mul(unlabelled, second));
      d = f32x4.mul(f32x4.mul(missing, splat(-2)), share);
    } else {
      const size = f32x4.mul(power(f32x4.abs(missing), exponent - 1), splat(exponent));
      d = f32x4.mul(f32x4.mul(sideOf(missing, g), size), first);
    }
    d = f32x4.mul(d, v128.load(weight + at));
    const sofar = v128.load(slope + offset + at);
    v128.store(slope + offset + at, f32x4.add(sofar, activation == none ? d : f32x4.mul(p, d)));
  }
}

/** The derivative of min(1 - p, 1 - g) with respect to 1 - p: 1 where p is above g, 0 below, and 1 - g where they are equal. */
// @ts-ignore: decorator
@inline
function slopeOfMinimum(missing: v128, unlabelled: v128): v128 {
  const above = f32x4.lt(missing, splat(0));
  const below = f32x4.gt(missing, splat(0));
  return v128.andnot(v128.bitselect(ones(), unlabelled, above), below);
}
