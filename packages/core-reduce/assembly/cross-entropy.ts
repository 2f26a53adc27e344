// The map v sum_c [a_c g'_c (1 - p_c)^gamma (-ln p_c) + b_c (1 - g'_c) p_c^gamma (-ln (1 - p_c))], and its gradient.
import { activate, continuedLogSlope, everything, logs, probabilities, throughActivation } from "./activate";
import {
  blockVoxels,
  classes,
  coefficientsAt,
  complement,
  mapAt,
  minusLog,
  minusLogComplement,
  plane,
  predictionsAt,
  probability,
  scale,
  slope,
  target,
  weight,
} from "./memory";
import { ones, power, splat } from "./numbers";
import { join } from "./planes";
import { addGradientOfSoftmaxNegatives, minusLogsOfSoftmaxComplement } from "./softmax-negatives";
import { activation, bytesOf, none, softmax, stage } from "./stage";

/** Keeps a quotient finite where both of its sides vanish. */
const tiny: f32 = 1e-30;
/** The coefficients of the last of the 16 classes that are added up one after the other: one sum over 256 would be off by 1e-6. */
const partBytes: usize = 15 << 4;

/** Whether a loop is compiled with a term or without it. */
@unmanaged class No {}
@unmanaged class Yes { a: u8; }

let gamma: f32 = 0;
/** g' = retained g + spread. */
let retained: f32 = 1;
let spread: f32 = 0;
let hasNegatives: bool = false;

/** The focusing exponent, the smoothing, and whether there are terms of negatives. */
export function describeTerms(exponent: f32, share: f32, everywhere: f32, negatives: bool): void {
  gamma = exponent;
  retained = share;
  spread = everywhere;
  hasNegatives = negatives;
}

/** Fills the map of a tile; the coefficients are a and b, class by class. */
export function crossEntropy(voxels: i32): void {
  const wanted = gamma == 0 && !(hasNegatives && activation == softmax) ? logs : everything;
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    const map = mapAt + ((<usize>first) << 2);
    stage(first, count);
    activate(bytes, wanted);
    if (hasNegatives && activation == softmax) minusLogsOfSoftmaxComplement(bytes);
    if (hasNegatives) {
      if (gamma == 0) sumTerms<Yes, No>(map, bytes);
      else sumTerms<Yes, Yes>(map, bytes);
    } else if (gamma == 0) sumTerms<No, No>(map, bytes);
    else sumTerms<No, Yes>(map, bytes);
  }
}

// @ts-ignore: decorator
@inline
function smoothed(at: usize, ofTarget: v128, ofAll: v128): v128 {
  return f32x4.add(f32x4.mul(v128.load(target + at), ofTarget), ofAll);
}

function sumTerms<Negatives, Focal>(map: usize, bytes: usize): void {
  const stride = plane;
  const exponent = gamma;
  const ofTarget = splat(retained);
  const ofAll = splat(spread);
  const end = coefficientsAt + ((<usize>classes) << 4);
  for (let first: usize = 0; first < bytes; first += 16) {
    let sum = splat(0);
    let part = splat(0);
    let at = first;
    for (let coefficients = coefficientsAt; coefficients < end; coefficients += 16) {
      const g = smoothed(at, ofTarget, ofAll);
      let term = f32x4.mul(f32x4.mul(v128.load32_splat(coefficients), g), v128.load(minusLog + at));
      if (offsetof<Focal>()) term = f32x4.mul(term, power(v128.load(complement + at), exponent));
      if (offsetof<Negatives>()) {
        const b = v128.load32_splat(coefficients, 4);
        let ofNegative = f32x4.mul(f32x4.mul(b, f32x4.sub(ones(), g)), v128.load(minusLogComplement + at));
        if (offsetof<Focal>()) ofNegative = f32x4.mul(ofNegative, power(v128.load(probability + at), exponent));
        term = f32x4.add(term, ofNegative);
      }
      part = f32x4.add(part, term);
      at += stride;
      if (((coefficients - coefficientsAt) & partBytes) == partBytes) {
        sum = f32x4.add(sum, part);
        part = splat(0);
      }
    }
    v128.store(map + first, f32x4.mul(f32x4.add(sum, part), v128.load(weight + first)));
  }
}

/** Replaces the predictions of a tile by the gradient; the map holds the upstream gradient. */
export function crossEntropyGradient(voxels: i32): void {
  const wanted = gamma == 0 && !(hasNegatives && activation == softmax) ? probabilities : everything;
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    const upstream = mapAt + ((<usize>first) << 2);
    stage(first, count);
    activate(bytes, wanted);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(scale + at, f32x4.mul(v128.load(upstream + at), v128.load(weight + at)));
    }
    if (hasNegatives && activation == softmax) minusLogsOfSoftmaxComplement(bytes);
    for (let c = 0; c < classes; c++) slopesOfClass(c, bytes);
    if (activation == softmax) throughActivation(bytes);
    if (hasNegatives && activation == softmax) addGradientOfSoftmaxNegatives(bytes, gamma, retained, spread);
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}

/** For softmax, p times the slope of the positives' terms; for the others, where every class is alone, the gradient. */
function slopesOfClass(c: i32, bytes: usize): void {
  if (activation == softmax) {
    if (gamma == 0) softmaxSlopes<No>(c, bytes);
    else softmaxSlopes<Yes>(c, bytes);
  } else if (activation == none) {
    if (gamma == 0) ownSlopes<No, No>(c, bytes);
    else ownSlopes<No, Yes>(c, bytes);
  } else if (gamma == 0) ownSlopes<Yes, No>(c, bytes);
  else ownSlopes<Yes, Yes>(c, bytes);
}

function softmaxSlopes<Focal>(c: i32, bytes: usize): void {
  const offset = <usize>c * plane;
  const a = v128.load32_splat(coefficientsAt + ((<usize>c) << 4));
  const ofTarget = splat(retained);
  const ofAll = splat(spread);
  const exponent = gamma;
  for (let at: usize = 0; at < bytes; at += 16) {
    let d = f32x4.mul(a, smoothed(offset + at, ofTarget, ofAll));
    if (offsetof<Focal>()) {
      const p = v128.load(probability + offset + at);
      const q = v128.load(complement + offset + at);
      d = f32x4.mul(d, focalSlope<Yes>(p, q, v128.load(minusLog + offset + at), exponent));
    }
    v128.store(slope + offset + at, f32x4.neg(f32x4.mul(d, v128.load(scale + at))));
  }
}

function ownSlopes<Activated, Focal>(c: i32, bytes: usize): void {
  const offset = <usize>c * plane;
  const coefficients = coefficientsAt + ((<usize>c) << 4);
  const a = v128.load32_splat(coefficients);
  const b = hasNegatives ? v128.load32_splat(coefficients, 4) : splat(0);
  const ofTarget = splat(retained);
  const ofAll = splat(spread);
  const exponent = gamma;
  for (let at: usize = 0; at < bytes; at += 16) {
    const p = v128.load(probability + offset + at);
    const q = v128.load(complement + offset + at);
    const g = smoothed(offset + at, ofTarget, ofAll);
    let ofPositive = f32x4.mul(a, g);
    let ofNegative = f32x4.mul(b, f32x4.sub(ones(), g));
    if (offsetof<Focal>()) {
      const log = v128.load(minusLog + offset + at);
      const logComplement = v128.load(minusLogComplement + offset + at);
      ofPositive = f32x4.mul(ofPositive, focalSlope<Activated>(p, q, log, exponent));
      ofNegative = f32x4.mul(ofNegative, focalSlope<Activated>(q, p, logComplement, exponent));
    } else if (!offsetof<Activated>()) {
      ofPositive = f32x4.mul(ofPositive, continuedLogSlope(p));
      ofNegative = f32x4.mul(ofNegative, continuedLogSlope(q));
    }
    if (offsetof<Activated>()) {
      ofPositive = f32x4.mul(ofPositive, q);
      ofNegative = f32x4.mul(ofNegative, p);
    }
    v128.store(slope + offset + at, f32x4.mul(f32x4.sub(ofNegative, ofPositive), v128.load(scale + at)));
  }
}

/**
 * -p d/dp [q^gamma (-ln p)] with q = 1 - p: q^gamma + gamma p (-ln p) q^(gamma - 1). Below an exponent of 1 the last power is
 * taken together with the logarithm, since -ln p / q tends to 1 where it is infinite. Without an activation it is not times p.
 */
// @ts-ignore: decorator
@inline
function focalSlope<Activated>(p: v128, q: v128, minusLog: v128, exponent: f32): v128 {
  const ofLog = offsetof<Activated>() ? ones() : continuedLogSlope(p);
  const factor = f32x4.mul(offsetof<Activated>() ? f32x4.mul(p, minusLog) : minusLog, splat(exponent));
  if (exponent >= 1) {
    const below = power(q, exponent - 1);
    return f32x4.mul(below, f32x4.add(f32x4.mul(f32x4.pmax(splat(0), q), ofLog), factor));
  }
  return f32x4.mul(power(q, exponent), f32x4.add(ofLog, f32x4.div(factor, f32x4.pmax(splat(tiny), q))));
}
