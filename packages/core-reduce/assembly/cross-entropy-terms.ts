// What both cross-entropy reductions are made of: their coefficients and exponents, and the slopes of their terms.
import { activate, continuedLogSlope, everything, logs, probabilities } from "./activate";
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
import { minusLogsOfSoftmaxComplement } from "./softmax-negatives";
import { activation, none, softmax } from "./stage";

/** Below it float32 has no normal numbers. */
const smallestNormal: f32 = 1.2e-38;

/** Keeps a quotient finite where both of its sides vanish. */
const tiny: f32 = 1e-30;

/** Whether a loop is compiled with a term or without it. */
@unmanaged export class No {}
@unmanaged export class Yes { a: u8; }

export let gamma: f32 = 0;
/** The power of the logarithms; goes with a gamma of 0. */
export let logPower: f32 = 1;
/** g' = retained g + spread. */
export let retained: f32 = 1;
export let spread: f32 = 0;
export let hasNegatives: bool = false;
/** Whether the terms with logarithms take part, and how often the errors g' (1 - p) and (1 - g') p do. */
export let hasLogs: bool = true;
export let errorShare: f32 = 0;

/** The focusing exponent, the power of the logarithms, the smoothing, whether there are terms of negatives, and what is added up: logarithms, errors. */
export function describeTerms(
  exponent: f32,
  ofLogs: f32,
  share: f32,
  everywhere: f32,
  negatives: bool,
  logarithms: bool,
  errors: f32,
): void {
  hasLogs = logarithms;
  errorShare = errors;
  gamma = exponent;
  logPower = ofLogs;
  retained = share;
  spread = everywhere;
  hasNegatives = negatives;
}

/** Fills what the values of the terms are made of. */
export function activateForTerms(bytes: usize, withProbabilities: bool): void {
  const isPlain = !isRaised() && errorShare == 0 && !(hasNegatives && activation == softmax);
  activate(bytes, !hasLogs ? probabilities : isPlain && !withProbabilities ? logs : everything);
  if (hasSoftmaxNegatives()) minusLogsOfSoftmaxComplement(bytes);
}

/** Fills what the slopes of the terms are made of. */
export function activateForSlopes(bytes: usize): void {
  const isPlain = !isRaised() && !(hasNegatives && activation == softmax);
  activate(bytes, isPlain || !hasLogs ? probabilities : everything);
  if (hasSoftmaxNegatives()) minusLogsOfSoftmaxComplement(bytes);
}

/** Whether more than the logarithms themselves is needed: powers of 1 - p, or of logarithms. */
export function isRaised(): bool {
  return gamma != 0 || logPower != 1;
}

/** Whether there are logarithms of 1 - p of classes that exclude each other. */
export function hasSoftmaxNegatives(): bool {
  return hasLogs && hasNegatives && activation == softmax;
}

/** g'. */
// @ts-ignore: decorator
@inline
export function smoothed(at: usize, ofTarget: v128, ofAll: v128): v128 {
  return f32x4.add(f32x4.mul(v128.load(target + at), ofTarget), ofAll);
}

/**
 * For softmax, p times the slope of the positives' terms; for the others, where every class is alone, the gradient. Fills the plane of
 * slopes, or with `Added` adds to what stands there.
 */
export function slopesOfTerms<Added>(c: i32, bytes: usize): void {
  if (activation == softmax) {
    if (!isRaised()) softmaxSlopes<Added, No>(c, bytes);
    else softmaxSlopes<Added, Yes>(c, bytes);
  } else if (activation == none) {
    if (!isRaised()) ownSlopes<Added, No, No>(c, bytes);
    else ownSlopes<Added, No, Yes>(c, bytes);
  } else if (!isRaised()) ownSlopes<Added, Yes, No>(c, bytes);
  else ownSlopes<Added, Yes, Yes>(c, bytes);
}

// @ts-ignore: decorator
@inline
function put<Added>(at: usize, value: v128): void {
  v128.store(at, offsetof<Added>() ? f32x4.add(v128.load(at), value) : value);
}

function softmaxSlopes<Added, Focal>(c: i32, bytes: usize): void {
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
    put<Added>(slope + offset + at, f32x4.neg(f32x4.mul(d, v128.load(scale + at))));
  }
}

function ownSlopes<Added, Activated, Focal>(c: i32, bytes: usize): void {
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
    put<Added>(slope + offset + at, f32x4.mul(f32x4.sub(ofNegative, ofPositive), v128.load(scale + at)));
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
