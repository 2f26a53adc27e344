// The terms of negatives, b (1 - g) p^gamma (-ln (1 - p)), of classes that exclude each other. The largest class is set apart: its
// 1 - p may underflow, so its logarithm and its odds are taken relative to the second largest.
import {
  classes,
  complement,
  field,
  logits,
  minusLog,
  minusLogComplement,
  plane,
  probability,
  scale,
  scratch,
  slope,
  target,
  termCoefficientsAt,
} from "./memory";
import { exponential, logarithm, logOnePlusShare, ones, power, splat } from "./numbers";

/** Below every logit. */
const lowest: f32 = -1e30;

/** Down to here 1 - p keeps all its digits. */
const smallestComplement: f32 = 1e-30;

/**
 * Fills the planes of the field, which cross entropy has none of, with the softmax over all classes but the largest (0 there), and where they are
 * wanted those of -ln (1 - p). Needs p and 1 - p, and for logarithms -ln p.
 */
export function prepareSoftmaxNegatives(bytes: usize, withLogs: bool): void {
  const end = <usize>classes * plane;
  for (let at: usize = 0; at < bytes; at += 16) {
    let least = v128.load(complement + at);
    for (let c = plane; c < end; c += plane) least = f32x4.pmin(least, v128.load(complement + at + c));
    if (!v128.any_true(f32x4.lt(least, splat(smallestComplement)))) fillFromComplements(at, end, least, withLogs);
    else fillFromLogits(at, end, withLogs);
  }
}

/** p over the 1 - p of the largest class; and 1 / (1 - p) is 1 + odds, but for odds above 1, which one class has at most. */
// @ts-ignore: decorator
@inline
function fillFromComplements(at: usize, end: usize, least: v128, withLogs: bool): void {
  const share = f32x4.div(ones(), least);
  let found = splat(0);
  for (let c: usize = 0; c < end; c += plane) {
    const p = v128.load(probability + at + c);
    const q = v128.load(complement + at + c);
    const isTop = v128.andnot(f32x4.eq(q, least), found);
    found = v128.or(found, isTop);
    v128.store(field + at + c, v128.andnot(f32x4.mul(p, share), isTop));
    if (withLogs) v128.store(minusLogComplement + at + c, logOnePlusShare(f32x4.pmin(f32x4.div(p, q), ones())));
  }
  if (!withLogs || !v128.any_true(f32x4.lt(least, splat(0.5)))) return;
  const ofTop = f32x4.neg(logarithm(least));
  for (let c: usize = 0; c < end; c += plane) {
    const isLarge = f32x4.lt(v128.load(complement + at + c), splat(0.5));
    const log = v128.load(minusLogComplement + at + c);
    v128.store(minusLogComplement + at + c, v128.bitselect(ofTop, log, isLarge));
  }
}

/** The same where 1 - p of the largest class may have underflowed: relative to the second largest. */
function fillFromLogits(at: usize, end: usize, withLogs: bool): void {
  let top = v128.load(logits + at);
  for (let c = plane; c < end; c += plane) top = f32x4.pmax(top, v128.load(logits + at + c));
  let second = splat(lowest);
  let found = splat(0);
  for (let c: usize = 0; c < end; c += plane) {
    const x = v128.load(logits + at + c);
    const isTop = v128.andnot(f32x4.eq(x, top), found);
    found = v128.or(found, isTop);
    second = f32x4.pmax(second, v128.bitselect(splat(lowest), x, isTop));
  }
  found = splat(0);
  let total = splat(0);
  for (let c: usize = 0; c < end; c += plane) {
    const x = v128.load(logits + at + c);
    const isTop = v128.andnot(f32x4.eq(x, top), found);
    found = v128.or(found, isTop);
    const e = v128.andnot(exponential(f32x4.pmin(f32x4.sub(x, second), splat(0))), isTop);
    total = f32x4.add(total, e);
    v128.store(field + at + c, e);
  }
  const ofTop = f32x4.sub(f32x4.sub(top, second), logarithm(total));
  const share = f32x4.div(ones(), total);
  found = splat(0);
  for (let c: usize = 0; c < end; c += plane) {
    const isTop = v128.andnot(f32x4.eq(v128.load(logits + at + c), top), found);
    found = v128.or(found, isTop);
    v128.store(field + at + c, f32x4.mul(v128.load(field + at + c), share));
    if (!withLogs) continue;
    // 1 / (1 - p) = 1 + odds, and the odds of all but the largest are at most 1
    const odds = f32x4.div(v128.load(probability + at + c), v128.load(complement + at + c));
    const ofOther = logOnePlusShare(f32x4.pmin(odds, ones()));
    const log = v128.bitselect(f32x4.add(ofTop, v128.load(minusLog + at + c)), ofOther, isTop);
    v128.store(minusLogComplement + at + c, log);
  }
}

/**
 * Adds the gradient of the negatives' terms to the slopes. With W = b (1 - g) p^gamma the logarithm gives
 * p_k W_k - p_k sum of W_c p_c / (1 - p_c) over the other classes; for the largest class p_k / (1 - p_c) is the softmax without it.
 * The power gives h = gamma W (-ln (1 - p)), which goes through the activation as any h.
 */
export function addGradientOfSoftmaxNegatives(bytes: usize, gamma: f32, retained: f32, spread: f32): void {
  const end = <usize>classes * plane;
  for (let at: usize = 0; at < bytes; at += 16) {
    let oddsTotal = splat(0);
    let powerTotal = splat(0);
    let weightOfTop = splat(0);
    for (let c: usize = 0, label: usize = 0; c < end; c += plane, label += 16) {
      const p = v128.load(probability + at + c);
      const weight = weightOf(at + c, label, gamma, retained, spread);
      const isTop = f32x4.eq(v128.load(field + at + c), splat(0));
      const ofLog = v128.andnot(oddsOf(at + c, weight), isTop);
      v128.store(scratch + at + c, ofLog);
      oddsTotal = f32x4.add(oddsTotal, ofLog);
      weightOfTop = f32x4.add(weightOfTop, v128.and(f32x4.mul(weight, p), isTop));
      if (gamma == 0) continue;
      powerTotal = f32x4.add(powerTotal, f32x4.mul(f32x4.mul(weight, v128.load(minusLogComplement + at + c)), splat(gamma)));
    }
    const upstream = v128.load(scale + at);
    for (let c: usize = 0, label: usize = 0; c < end; c += plane, label += 16) {
      const p = v128.load(probability + at + c);
      const q = v128.load(complement + at + c);
      const weight = weightOf(at + c, label, gamma, retained, spread);
      const share = v128.load(field + at + c);
      const others = f32x4.sub(oddsTotal, v128.load(scratch + at + c));
      let gradient = f32x4.sub(f32x4.mul(p, f32x4.sub(weight, others)), f32x4.mul(share, weightOfTop));
      if (gamma != 0) {
        const h = f32x4.mul(f32x4.mul(weight, v128.load(minusLogComplement + at + c)), splat(gamma));
        gradient = f32x4.add(gradient, f32x4.sub(f32x4.mul(h, q), f32x4.mul(p, f32x4.sub(powerTotal, h))));
      }
      v128.store(slope + at + c, f32x4.add(v128.load(slope + at + c), f32x4.mul(gradient, upstream)));
    }
  }
}

/** b (1 - g') p^gamma. */
// @ts-ignore: decorator
@inline
function weightOf(at: usize, label: usize, gamma: f32, retained: f32, spread: f32): v128 {
  const g = f32x4.add(f32x4.mul(v128.load(target + at), splat(retained)), splat(spread));
  const weight = f32x4.mul(v128.load32_splat(termCoefficientsAt + label, 4), f32x4.sub(ones(), g));
  return gamma == 0 ? weight : f32x4.mul(weight, power(v128.load(probability + at), gamma));
}

// @ts-ignore: decorator
@inline
function oddsOf(at: usize, weight: v128): v128 {
  return f32x4.mul(weight, f32x4.div(v128.load(probability + at), v128.load(complement + at)));
}
