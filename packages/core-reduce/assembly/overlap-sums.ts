// I, FP, FN and E of each class, and the gradient of a weighted sum of them.
import { activate, probabilities, throughActivation } from "./activate";
import { Nothing } from "./beside";
import { addHardBlock, hasHardLoops } from "./hard";
import { remember } from "./kept";
import { unlabelled } from "./left-labels";
import {
  blockVoxels,
  classes,
  coefficientsAt,
  complement,
  keep,
  labelsAt,
  plane,
  predictionsAt,
  probability,
  slope,
  sumsAt,
  target,
  weight,
} from "./memory";
import { addToSums, chunk, ones, splat } from "./numbers";
import { overlapGradientOfOne, overlapOfOne } from "./one-class";
import { join } from "./planes";
import { activation, bytesOf, isHard, isKept, isOneSigmoid, isRecalled, labelOf, none, stage, stagePredictions } from "./stage";

/** Adds the sums of a tile. Says whether what it leaves holds the labels too. */
export function overlapSums(voxels: i32, product: bool): bool {
  if (isOneSigmoid()) return overlapOfOne(voxels, product);
  const isTried = hasHardLoops();
  let isLabelled = isTried;
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    if (isTried && addHardBlock<Nothing>(first, count)) continue;
    isLabelled = false;
    const bytes = bytesOf(count);
    if (isHard()) stagePredictions(first, count);
    else stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      if (isHard()) addHardOverlap(c, bytes, labelsAt + ((<usize>first) << 2));
      else addOverlap(c, bytes, product);
    }
    if (isKept) remember(first, bytes);
  }
  return isLabelled;
}

/** Adds the sums of one class of a block. */
export function addOverlap(c: i32, bytes: usize, product: bool): void {
  const offset = <usize>c * plane;
  const sums = sumsAt + ((<usize>c) << 6);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let i = splat(0);
    let fp = splat(0);
    let fn = splat(0);
    let e = splat(0);
    for (let at = from; at < end; at += 16) {
      const p = v128.load(probability + offset + at);
      const q = v128.load(complement + offset + at);
      const g = v128.load(target + offset + at);
      const v = v128.load(weight + at);
      const missing = shortfall(p, q, g);
      e = f32x4.add(e, f32x4.mul(v, f32x4.mul(missing, missing)));
      if (product) {
        const vp = f32x4.mul(v, p);
        i = f32x4.add(i, f32x4.mul(vp, g));
        fp = f32x4.add(fp, f32x4.mul(vp, f32x4.sub(ones(), g)));
        fn = f32x4.add(fn, f32x4.mul(f32x4.mul(v, q), g));
      } else {
        i = f32x4.add(i, f32x4.mul(v, f32x4.pmin(p, g)));
        fp = f32x4.add(fp, f32x4.mul(v, f32x4.pmax(splat(0), f32x4.neg(missing))));
        fn = f32x4.add(fn, f32x4.mul(v, f32x4.pmax(splat(0), missing)));
      }
    }
    addToSums(sums, i, fp, fn, e);
  }
}

/** The same where labels are indices, which begin at `labelsOfBlock`: g is 1 or 0, min(p, g) is p g, and no plane of targets is needed. */
export function addHardOverlap(c: i32, bytes: usize, labelsOfBlock: usize): void {
  const label = i32x4.splat(labelOf(c));
  const p0 = probability + <usize>c * plane;
  const q0 = complement + <usize>c * plane;
  const sums = sumsAt + ((<usize>c) << 6);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let i = splat(0);
    let fp = splat(0);
    let fn = splat(0);
    let e = splat(0);
    for (let at = from; at < end; at += 16) {
      const isLabelled = i32x4.eq(v128.load(labelsOfBlock + at), label);
      const v = v128.load(weight + at);
      const q = v128.load(q0 + at);
      const p = v128.load(p0 + at);
      const vp = f32x4.mul(v, p);
      const wrong = v128.bitselect(q, p, isLabelled);
      i = f32x4.add(i, v128.and(vp, isLabelled));
      fp = f32x4.add(fp, v128.andnot(vp, isLabelled));
      fn = f32x4.add(fn, v128.and(f32x4.mul(v, q), isLabelled));
      e = f32x4.add(e, f32x4.mul(v, f32x4.mul(wrong, wrong)));
    }
    addToSums(sums, i, fp, fn, e);
  }
}

/** g - p, from the complement where g is large, so that p near 1 keeps its digits. */
// @ts-ignore: decorator
@inline
export function shortfall(p: v128, q: v128, g: v128): v128 {
  const fromAbove = f32x4.sub(q, f32x4.sub(ones(), g));
  return v128.bitselect(fromAbove, f32x4.sub(g, p), f32x4.ge(g, splat(0.5)));
}

/** Replaces the predictions of a tile by the gradient; the coefficients are the upstream gradients of the four sums, class by class. */
export function overlapSumsGradient(voxels: i32, product: bool): void {
  if (isOneSigmoid()) return overlapGradientOfOne(voxels, product);
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    if (isHard()) stagePredictions(first, count);
    else stage(first, count);
    if (isRecalled && hasHardLoops()) dropLabels(bytes);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      if (isHard()) slopesOfHardOverlap(c, bytes, labelsAt + ((<usize>first) << 2));
      else slopesOfOverlap(c, bytes, product);
    }
    throughActivation(bytes);
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}

/** Some blocks of what was left may hold labels where others do not. */
export function dropLabels(bytes: usize): void {
  for (let c = 0; c < classes; c++) {
    const offset = probability + <usize>c * plane;
    for (let at = offset; at < offset + bytes; at += 16) v128.store(at, unlabelled(v128.load(at)));
  }
}

export function slopesOfHardOverlap(c: i32, bytes: usize, labelsOfBlock: usize): void {
  const label = i32x4.splat(labelOf(c));
  const p0 = probability + <usize>c * plane;
  const q0 = complement + <usize>c * plane;
  const to = slope + <usize>c * plane;
  const upstream = coefficientsAt + ((<usize>c) << 4);
  const ofFalsePositives = v128.load32_splat(upstream, 4);
  const inside = f32x4.sub(v128.load32_splat(upstream), v128.load32_splat(upstream, 8));
  const ofSquares = f32x4.mul(v128.load32_splat(upstream, 12), splat(-2));
  for (let at: usize = 0; at < bytes; at += 16) {
    const isLabelled = i32x4.eq(v128.load(labelsOfBlock + at), label);
    const p = v128.load(p0 + at);
    const missing = v128.bitselect(v128.load(q0 + at), f32x4.neg(p), isLabelled);
    const d = f32x4.add(v128.bitselect(inside, ofFalsePositives, isLabelled), f32x4.mul(missing, ofSquares));
    // the label of a voxel that does not count must not even show in the sign of a zero
    const h = f32x4.mul(f32x4.mul(v128.load(weight + at), p), d);
    v128.store(to + at, v128.and(h, v128.load(keep + at)));
  }
}

/** dI/dp = h, dFP/dp = 1 - h, dFN/dp = -h with h = g (product) or [p < g] (semimetric; g where they are equal), dE/dp = -2 (g - p). */
export function slopesOfOverlap(c: i32, bytes: usize, asProduct: bool): void {
  const product = asProduct || isHard();
  const offset = <usize>c * plane;
  const upstream = coefficientsAt + ((<usize>c) << 4);
  const ofFalsePositives = v128.load32_splat(upstream, 4);
  const inside = f32x4.sub(v128.load32_splat(upstream), v128.load32_splat(upstream, 8));
  const ofSquares = f32x4.mul(v128.load32_splat(upstream, 12), splat(-2));
  const isActivated = activation != none;
  for (let at: usize = 0; at < bytes; at += 16) {
    const p = v128.load(probability + offset + at);
    const g = v128.load(target + offset + at);
    const missing = shortfall(p, v128.load(complement + offset + at), g);
    let h = g;
    if (!product) {
      const below = f32x4.gt(missing, splat(0));
      const above = f32x4.lt(missing, splat(0));
      h = v128.or(v128.and(below, ones()), v128.andnot(v128.andnot(g, above), below));
    }
    // each factor with its own derivative: a small gradient of one survives beside a large one of the other that does not count here
    let d = f32x4.add(f32x4.mul(f32x4.sub(ones(), h), ofFalsePositives), f32x4.mul(h, inside));
    d = f32x4.mul(v128.load(weight + at), f32x4.add(d, f32x4.mul(missing, ofSquares)));
    v128.store(slope + offset + at, isActivated ? f32x4.mul(p, d) : d);
  }
}
