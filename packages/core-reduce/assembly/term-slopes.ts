// The slopes of the terms of a cross entropy.
import { continuedLogSlope } from "./activate";
import { gamma, hasNegatives, isRaised, logPower, No, retained, smoothed, spread, Yes } from "./cross-entropy-terms";
import { isOneOfBoth } from "./label-terms";
import {
  complement,
  minusLog,
  minusLogComplement,
  plane,
  probability,
  scale,
  slope,
  target,
  termCoefficientsAt,
} from "./memory";
import { ones, power, splat } from "./numbers";
import { activation, none, softmax } from "./stage";

/** Below it float32 has no normal numbers. */
const smallestNormal: f32 = 1.2e-38;

/** Keeps a quotient finite where both of its sides vanish. */
const tiny: f32 = 1e-30;

/**
 * For softmax, p times the slope of the positives' terms; for the others, where every class is alone, the gradient. Fills the plane of
 * slopes, or where it is `added` adds to what stands there.
 */
export function slopesOfTerms(c: i32, bytes: usize, added: bool): void {
  if (activation == softmax) {
    if (!isRaised()) softmaxSlopes<No>(c, bytes, added);
    else softmaxSlopes<Yes>(c, bytes, added);
  } else if (isOneOfBoth(<usize>c * plane, bytes)) {
    slopesOfLabel(c, bytes, added);
  } else if (activation == none) {
    if (!isRaised()) ownSlopes<No, No>(c, bytes, added);
    else ownSlopes<No, Yes>(c, bytes, added);
  } else if (!isRaised()) ownSlopes<Yes, No>(c, bytes, added);
  else ownSlopes<Yes, Yes>(c, bytes, added);
}

// @ts-ignore: decorator
@inline
function put(at: usize, value: v128, added: bool): void {
  v128.store(at, added ? f32x4.add(v128.load(at), value) : value);
}

function softmaxSlopes<Focal>(c: i32, bytes: usize, added: bool): void {
  const offset = <usize>c * plane;
  const a = v128.load32_splat(termCoefficientsAt + ((<usize>c) << 4));
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
    put(slope + offset + at, f32x4.neg(f32x4.mul(d, v128.load(scale + at))), added);
  }
}

function ownSlopes<Activated, Focal>(c: i32, bytes: usize, added: bool): void {
  const offset = <usize>c * plane;
  const coefficients = termCoefficientsAt + ((<usize>c) << 4);
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
    put(slope + offset + at, f32x4.mul(f32x4.sub(ofNegative, ofPositive), v128.load(scale + at)), added);
  }
}

/** The slope of the positive's term where a class is labelled, and of the negative's where it is not: p and 1 - p change places. */
function slopesOfLabel(c: i32, bytes: usize, added: bool): void {
  const offset = <usize>c * plane;
  const coefficients = termCoefficientsAt + ((<usize>c) << 4);
  const ofPositive = f32x4.neg(v128.load32_splat(coefficients));
  const ofNegative = v128.load32_splat(coefficients, 4);
  const exponent = gamma;
  const isActivated = activation != none;
  for (let at: usize = 0; at < bytes; at += 16) {
    const place = offset + at;
    const isLabelled = f32x4.eq(v128.load(target + place), ones());
    const p = v128.load(probability + place);
    const q = v128.load(complement + place);
    const right = v128.bitselect(p, q, isLabelled);
    const wrong = v128.bitselect(q, p, isLabelled);
    const log = v128.bitselect(v128.load(minusLog + place), v128.load(minusLogComplement + place), isLabelled);
    const ofTerm = isActivated
      ? f32x4.mul(focalSlope<Yes>(right, wrong, log, exponent), wrong)
      : focalSlope<No>(right, wrong, log, exponent);
    const d = f32x4.mul(v128.bitselect(ofPositive, ofNegative, isLabelled), ofTerm);
    put(slope + place, f32x4.mul(d, v128.load(scale + at)), added);
  }
}

/**
 * -p d/dp [q^gamma (-ln p)] with q = 1 - p: q^gamma + gamma p (-ln p) q^(gamma - 1). Below an exponent of 1 the last power is
 * taken together with the logarithm, since -ln p / q tends to 1 where it is infinite. Without an activation it is not times p. Or, without gamma, that
 * of a power of the logarithm: below a power of 1 it is 0 where the logarithm is, as what is perfect has nothing left to learn.
 */
// @ts-ignore: decorator
@inline
export function focalSlope<Activated>(p: v128, q: v128, minusLog: v128, exponent: f32): v128 {
  const ofLog = offsetof<Activated>() ? ones() : continuedLogSlope(p);
  if (logPower != 1) {
    const ofPower = f32x4.mul(power(minusLog, logPower - 1), splat(logPower));
    return v128.and(f32x4.mul(ofLog, ofPower), f32x4.gt(minusLog, splat(smallestNormal)));
  }
  const factor = f32x4.mul(offsetof<Activated>() ? f32x4.mul(p, minusLog) : minusLog, splat(exponent));
  if (exponent >= 1) {
    const below = power(q, exponent - 1);
    return f32x4.mul(below, f32x4.add(f32x4.mul(f32x4.pmax(splat(0), q), ofLog), factor));
  }
  return f32x4.mul(power(q, exponent), f32x4.add(ofLog, f32x4.div(factor, f32x4.pmax(splat(tiny), q))));
}
