// Cross entropy where labels are indices of classes that exclude each other: of a voxel's terms one is left, that of its label, which is
// picked before any power is taken. No plane of targets is needed where they are given so. What is picked for a label that is no class does not count.
import { errorShare, gamma, hasNegatives, isRaised, logPower, retained, spread, Yes } from "./cross-entropy-terms";
import {
  classes,
  complement,
  keep,
  labelsAt,
  minusLog,
  minusLogComplement,
  plane,
  probability,
  scale,
  scratch,
  slope,
  target,
  termCoefficientsAt,
  termSumsAt,
  weight,
} from "./memory";
import { addTo, chunk, ones, power, splat } from "./numbers";
import { activation, denseLabels, isHard, labels, softmax } from "./stage";
import { focalSlope } from "./term-slopes";

/** Whether every voxel has one term. */
export function isOwnAlone(): bool {
  return isHard() && isExclusive();
}

/** Whether a voxel has the terms of its labels alone. */
function isExclusive(): bool {
  return activation == softmax && !hasNegatives && retained == 1 && spread == 0;
}

/**
 * Where the indices of the block's labels lie, or 0 where every class has a term: those of the tile, from voxel `first` on, or where powers make it
 * worth it, those of dense labels that are 1 for one class and 0 for the others.
 */
export function ownLabels(first: i32, bytes: usize): usize {
  if (isOwnAlone()) return labelsAt + ((<usize>first) << 2);
  if (labels == denseLabels && isRaised() && isExclusive() && findLabels(bytes)) return minusLogComplement;
  return 0;
}

/** Fills a plane that exclusive classes do not need with the index of the class that is labelled 1; says whether there is one in every voxel, and 0 elsewhere. */
function findLabels(bytes: usize): bool {
  const step = plane;
  const count = classes;
  const one = ones();
  let odd = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    let total = i32x4.splat(0);
    let label = i32x4.splat(0);
    let from = target + at;
    for (let c = 0; c < count; c++) {
      const g = v128.load(from);
      const isLabelled = f32x4.eq(g, one);
      odd = v128.or(odd, v128.not(v128.or(isLabelled, f32x4.eq(g, splat(0)))));
      total = i32x4.sub(total, isLabelled);
      label = v128.or(label, v128.and(i32x4.splat(c), isLabelled));
      from += step;
    }
    // what does not count has no label
    odd = v128.or(odd, v128.and(i32x4.ne(total, i32x4.splat(1)), v128.load(keep + at)));
    v128.store(minusLogComplement + at, label);
  }
  return !v128.any_true(odd);
}

/** The vectors of the labels' classes, which lie `step` bytes apart. */
// @ts-ignore: decorator
@inline
function pick(from: usize, step: usize, label: v128): v128 {
  const count = classes;
  let picked = v128.load(from);
  for (let c = 1; c < count; c++) {
    from += step;
    picked = v128.bitselect(v128.load(from), picked, i32x4.eq(label, i32x4.splat(c)));
  }
  return picked;
}

/** Adds each voxel's term to the sum of its class. */
export function addOwnTerms(labels: usize, bytes: usize): void {
  if (isRaised()) raisedTerms(labels, bytes);
  else plainTerms(labels, bytes);
  for (let c = 0; c < classes; c++) {
    const label = i32x4.splat(c);
    const sum = termSumsAt + ((<usize>c) << 6);
    let total = v128.load(sum);
    for (let from: usize = 0; from < bytes; from += chunk) {
      const end = min(from + chunk, bytes);
      let part = splat(0);
      for (let at = from; at < end; at += 16) {
        const isLabelled = i32x4.eq(v128.load(labels + at), label);
        part = f32x4.add(part, v128.and(v128.load(scratch + at), isLabelled));
      }
      total = addTo(total, part);
    }
    v128.store(sum, total);
  }
}

/** v (-ln p) of each voxel's class, into the first plane of `scratch`. */
function plainTerms(labels: usize, bytes: usize): void {
  const step = plane;
  for (let at: usize = 0; at < bytes; at += 16) {
    const log = pick(minusLog + at, step, v128.load(labels + at));
    v128.store(scratch + at, f32x4.mul(v128.load(weight + at), log));
  }
}

/** v (1 - p)^gamma (-ln p)^power, likewise. */
function raisedTerms(labels: usize, bytes: usize): void {
  const step = plane;
  const exponent = gamma;
  const ofLogs = logPower;
  for (let at: usize = 0; at < bytes; at += 16) {
    const label = v128.load(labels + at);
    const log = power(pick(minusLog + at, step, label), ofLogs);
    const term = f32x4.mul(log, power(pick(complement + at, step, label), exponent));
    v128.store(scratch + at, f32x4.mul(v128.load(weight + at), term));
  }
}

/** The whole gradient of the terms, through softmax: s (1 - p) for the voxel's class, and -s p for the others. */
export function gradientOfOwnTerms(labels: usize, bytes: usize): void {
  slopesOf(labels, bytes);
  for (let c = 0; c < classes; c++) {
    const label = i32x4.splat(c);
    const offset = <usize>c * plane;
    for (let at: usize = 0; at < bytes; at += 16) {
      const isLabelled = i32x4.eq(v128.load(labels + at), label);
      const p = f32x4.neg(v128.load(probability + offset + at));
      const share = v128.bitselect(v128.load(complement + offset + at), p, isLabelled);
      // the label of a voxel that does not count must not even show in the sign of a zero
      v128.store(slope + offset + at, v128.and(f32x4.mul(v128.load(scratch + at), share), v128.load(keep + at)));
    }
  }
}

/** Adds s to the planes of slopes, which go through the activation afterwards. */
export function addOwnSlopes(labels: usize, bytes: usize): void {
  slopesOf(labels, bytes);
  for (let c = 0; c < classes; c++) {
    const label = i32x4.splat(c);
    const to = slope + <usize>c * plane;
    for (let at: usize = 0; at < bytes; at += 16) {
      const isLabelled = i32x4.eq(v128.load(labels + at), label);
      v128.store(to + at, f32x4.add(v128.load(to + at), v128.and(v128.load(scratch + at), isLabelled)));
    }
  }
}

/** s = p times the slope of the term of each voxel's class, into the first plane of `scratch`. */
function slopesOf(labels: usize, bytes: usize): void {
  scaleByCoefficients(labels, bytes);
  const step = plane;
  if (errorShare != 0) {
    // p times the slope of -ln p + share (1 - p) is -(1 + share p), which is taken as 1 - p and (1 + share) p: neither is below 0
    const ofProbability = splat(1 + errorShare);
    for (let at: usize = 0; at < bytes; at += 16) {
      const label = v128.load(labels + at);
      const p = f32x4.mul(pick(probability + at, step, label), ofProbability);
      const factor = f32x4.add(pick(complement + at, step, label), p);
      v128.store(scratch + at, f32x4.mul(v128.load(scratch + at), factor));
    }
  }
  if (!isRaised()) return;
  const exponent = gamma;
  for (let at: usize = 0; at < bytes; at += 16) {
    const label = v128.load(labels + at);
    const p = pick(probability + at, step, label);
    const q = pick(complement + at, step, label);
    const log = pick(minusLog + at, step, label);
    v128.store(scratch + at, f32x4.mul(v128.load(scratch + at), focalSlope<Yes>(p, q, log, exponent)));
  }
}

/** -v times the coefficient of each voxel's class. */
function scaleByCoefficients(labels: usize, bytes: usize): void {
  const count = classes;
  for (let at: usize = 0; at < bytes; at += 16) {
    const label = v128.load(labels + at);
    let a = v128.load32_splat(termCoefficientsAt);
    for (let c = 1; c < count; c++) {
      const ofClass = v128.load32_splat(termCoefficientsAt + ((<usize>c) << 4));
      a = v128.bitselect(ofClass, a, i32x4.eq(label, i32x4.splat(c)));
    }
    v128.store(scratch + at, f32x4.neg(f32x4.mul(a, v128.load(scale + at))));
  }
}
