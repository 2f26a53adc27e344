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
import { power, splat } from "./numbers";
import { join } from "./planes";
import { addGradientOfSoftmaxNegatives, minusLogsOfSoftmaxComplement } from "./softmax-negatives";
import { activation, bytesOf, none, softmax, stage } from "./stage";

/** Keeps a quotient finite where both of its sides vanish. */
const tiny: f32 = 1e-30;
/** Terms that are added up one after the other: one sum over 256 classes would be off by more than 1e-6. */
const partClasses: i32 = 16;

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
  const wanted = gamma == 0 && !hasNegatives ? logs : everything;
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    const map = mapAt + ((<usize>first) << 2);
    stage(first, count);
    activate(bytes, wanted);
    if (hasNegatives && activation == softmax) minusLogsOfSoftmaxComplement(bytes);
    memory.fill(map, 0, bytes);
    for (let c = 0; c < classes; c += partClasses) {
      const last = min(c + partClasses, classes);
      memory.fill(scale, 0, bytes);
      for (let k = c; k < last; k++) addTerms(k, scale, bytes);
      for (let at: usize = 0; at < bytes; at += 16) {
        const part = f32x4.mul(v128.load(scale + at), v128.load(weight + at));
        v128.store(map + at, f32x4.add(v128.load(map + at), part));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function smoothed(at: usize): v128 {
  return f32x4.add(f32x4.mul(v128.load(target + at), splat(retained)), splat(spread));
}

function addTerms(c: i32, sum: usize, bytes: usize): void {
  const offset = <usize>c * plane;
  const coefficients = coefficientsAt + ((<usize>c) << 4);
  const a = v128.load32_splat(coefficients);
  const b = v128.load32_splat(coefficients, 4);
  for (let at: usize = 0; at < bytes; at += 16) {
    const g = smoothed(offset + at);
    let term = f32x4.mul(f32x4.mul(a, g), v128.load(minusLog + offset + at));
    if (gamma != 0) term = f32x4.mul(term, power(v128.load(complement + offset + at), gamma));
    if (hasNegatives) {
      let ofNegative = f32x4.mul(f32x4.mul(b, f32x4.sub(splat(1), g)), v128.load(minusLogComplement + offset + at));
      if (gamma != 0) ofNegative = f32x4.mul(ofNegative, power(v128.load(probability + offset + at), gamma));
      term = f32x4.add(term, ofNegative);
    }
    v128.store(sum + at, f32x4.add(v128.load(sum + at), term));
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
  const offset = <usize>c * plane;
  const coefficients = coefficientsAt + ((<usize>c) << 4);
  const a = v128.load32_splat(coefficients);
  const b = v128.load32_splat(coefficients, 4);
  for (let at: usize = 0; at < bytes; at += 16) {
    const p = v128.load(probability + offset + at);
    const q = v128.load(complement + offset + at);
    const g = smoothed(offset + at);
    let ofPositive = f32x4.mul(a, g);
    if (gamma != 0) ofPositive = f32x4.mul(ofPositive, focalSlope(p, q, minusLog + offset + at));
    else if (activation == none) ofPositive = f32x4.mul(ofPositive, continuedLogSlope(p));
    let d = f32x4.neg(ofPositive);
    if (activation != softmax) {
      if (activation != none) d = f32x4.mul(d, q);
      if (hasNegatives) {
        let ofNegative = f32x4.mul(b, f32x4.sub(splat(1), g));
        if (gamma != 0) ofNegative = f32x4.mul(ofNegative, focalSlope(q, p, minusLogComplement + offset + at));
        else if (activation == none) ofNegative = f32x4.mul(ofNegative, continuedLogSlope(q));
        if (activation != none) ofNegative = f32x4.mul(ofNegative, p);
        d = f32x4.add(d, ofNegative);
      }
    }
    v128.store(slope + offset + at, f32x4.mul(d, v128.load(scale + at)));
  }
}

/**
 * -p d/dp [q^gamma (-ln p)] with q = 1 - p: q^gamma + gamma p (-ln p) q^(gamma - 1). Below an exponent of 1 the last power is
 * taken together with the logarithm, since -ln p / q tends to 1 where it is infinite. Without an activation it is not times p.
 */
// @ts-ignore: decorator
@inline
function focalSlope(p: v128, q: v128, minusLogAt: usize): v128 {
  const log = v128.load(minusLogAt);
  const ofLog = activation == none ? continuedLogSlope(p) : splat(1);
  const factor = f32x4.mul(activation == none ? log : f32x4.mul(p, log), splat(gamma));
  if (gamma >= 1) {
    const below = power(q, gamma - 1);
    return f32x4.mul(below, f32x4.add(f32x4.mul(f32x4.pmax(splat(0), q), ofLog), factor));
  }
  return f32x4.mul(power(q, gamma), f32x4.add(ofLog, f32x4.div(factor, f32x4.pmax(splat(tiny), q))));
}
