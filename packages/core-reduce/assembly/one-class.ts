// One class behind a sigmoid, the commonest problem of all: from the tile to the sums, or to the gradient, in one loop without planes.
import {
  coefficientsAt,
  labelsAt,
  predictionsAt,
  sumsAt,
  termCoefficientsAt,
  termSumsAt,
  weightsAt,
} from "./memory";
import { addTo, exponential, logOnePlusShare, ones, splat } from "./numbers";
import { shortfall } from "./overlap-sums";
import { denseLabels, hasWeights, ignored, labels } from "./stage";

/** Whether a loop is compiled with a property or without it. */
@unmanaged class No {}
@unmanaged class Yes { a: u8; }

/** How far numbers are added up in single precision, 16 a lane: as in the planes, so that results do not depend on the way. */
const chunk: usize = 256;

/** A logit whose probability is nothing. */
const lowest: f32 = -1e30;

/** Fills up the last group of four with voxels that add nothing. */
function fillUp(voxels: i32): void {
  for (let at = (<usize>voxels) << 2; (at & 15) != 0; at += 4) {
    store<f32>(predictionsAt + at, lowest);
    if (labels == denseLabels) store<f32>(labelsAt + at, 0);
    else store<i32>(labelsAt + at, -1);
  }
}

/** The mask of four voxels that count: by their labels where these are indices, by their weights where there are weights. */
// @ts-ignore: decorator
@inline
function countedAt<Dense, Weighted>(at: usize, left: v128): v128 {
  let counted = i32x4.splat(-1);
  if (!offsetof<Dense>()) {
    const label = v128.load(labelsAt + at);
    counted = v128.andnot(i32x4.lt_u(label, i32x4.splat(2)), i32x4.eq(label, left));
  }
  if (offsetof<Weighted>()) counted = v128.and(counted, f32x4.gt(v128.load(weightsAt + at), splat(0)));
  return counted;
}

/** Numbers of four voxels, 0 where these do not count; garbage there may be no number. */
// @ts-ignore: decorator
@inline
function only<Dense, Weighted>(numbers: v128, counted: v128): v128 {
  return offsetof<Dense>() && !offsetof<Weighted>() ? numbers : v128.and(numbers, counted);
}

/** g of four voxels. */
// @ts-ignore: decorator
@inline
function targetAt<Dense, Weighted>(at: usize, counted: v128): v128 {
  const label = v128.load(labelsAt + at);
  const g = offsetof<Dense>() ? label : v128.and(i32x4.eq(label, i32x4.splat(1)), ones());
  return only<Dense, Weighted>(g, counted);
}

/** A number times v. */
// @ts-ignore: decorator
@inline
function weighed<Dense, Weighted>(number: v128, at: usize, counted: v128): v128 {
  const weight = offsetof<Weighted>() ? f32x4.mul(number, v128.load(weightsAt + at)) : number;
  return only<Dense, Weighted>(weight, counted);
}

/** The largest exponent: e^87 is finite, and 1 / (1 + e^87) no denormal. */
const largestExponent: f32 = 87;

/** e^-x, of which p = 1 / (1 + e^-x) and 1 - p = p e^-x keep all digits on either side. */
// @ts-ignore: decorator
@inline
function oddsAgainst(x: v128): v128 {
  return exponential(f32x4.pmin(splat(largestExponent), f32x4.neg(x)));
}

/** Adds I, FP, FN and E of a tile. */
export function overlapOfOne(voxels: i32, product: bool): void {
  fillUp(voxels);
  if (labels != denseLabels) {
    // hard targets: min(p, g) is p g
    if (hasWeights) addOverlap<No, Yes, Yes>(voxels);
    else addOverlap<No, No, Yes>(voxels);
  } else if (product) {
    if (hasWeights) addOverlap<Yes, Yes, Yes>(voxels);
    else addOverlap<Yes, No, Yes>(voxels);
  } else if (hasWeights) addOverlap<Yes, Yes, No>(voxels);
  else addOverlap<Yes, No, No>(voxels);
}

function addOverlap<Dense, Weighted, Product>(voxels: i32): void {
  const left = i32x4.splat(ignored);
  const bytes = (<usize>((voxels + 3) & ~3)) << 2;
  let intersection = v128.load(sumsAt);
  let falsePositives = v128.load(sumsAt, 16);
  let falseNegatives = v128.load(sumsAt, 32);
  let squaredErrors = v128.load(sumsAt, 48);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let i = splat(0);
    let fp = splat(0);
    let fn = splat(0);
    let square = splat(0);
    for (let at = from; at < end; at += 16) {
      const counted = countedAt<Dense, Weighted>(at, left);
      const g = targetAt<Dense, Weighted>(at, counted);
      const x = only<Dense, Weighted>(v128.load(predictionsAt + at), counted);
      const t = oddsAgainst(x);
      const p = f32x4.div(ones(), f32x4.add(t, ones()));
      const q = f32x4.mul(t, p);
      if (!offsetof<Dense>()) {
        const isLabelled = f32x4.gt(g, splat(0));
        const vp = weighed<Dense, Weighted>(p, at, counted);
        const wrong = v128.bitselect(q, p, isLabelled);
        i = f32x4.add(i, v128.and(vp, isLabelled));
        fp = f32x4.add(fp, v128.andnot(vp, isLabelled));
        fn = f32x4.add(fn, v128.and(weighed<Dense, Weighted>(q, at, counted), isLabelled));
        square = f32x4.add(square, weighed<Dense, Weighted>(f32x4.mul(wrong, wrong), at, counted));
        continue;
      }
      const missing = shortfall(p, q, g);
      square = f32x4.add(square, weighed<Dense, Weighted>(f32x4.mul(missing, missing), at, counted));
      const vp = weighed<Dense, Weighted>(p, at, counted);
      if (offsetof<Product>()) {
        i = f32x4.add(i, f32x4.mul(vp, g));
        fp = f32x4.add(fp, f32x4.mul(vp, f32x4.sub(ones(), g)));
        fn = f32x4.add(fn, f32x4.mul(weighed<Dense, Weighted>(q, at, counted), g));
      } else {
        const tooMuch = f32x4.pmax(splat(0), f32x4.neg(missing));
        const tooLittle = f32x4.pmax(splat(0), missing);
        i = f32x4.add(i, weighed<Dense, Weighted>(f32x4.pmin(p, g), at, counted));
        fp = f32x4.add(fp, weighed<Dense, Weighted>(tooMuch, at, counted));
        fn = f32x4.add(fn, weighed<Dense, Weighted>(tooLittle, at, counted));
      }
    }
    intersection = addTo(intersection, i);
    falsePositives = addTo(falsePositives, fp);
    falseNegatives = addTo(falseNegatives, fn);
    squaredErrors = addTo(squaredErrors, square);
  }
  v128.store(sumsAt, intersection);
  v128.store(sumsAt, falsePositives, 16);
  v128.store(sumsAt, falseNegatives, 32);
  v128.store(sumsAt, squaredErrors, 48);
}

/** Replaces the predictions of a tile by the gradient of the sums of overlap. */
export function overlapGradientOfOne(voxels: i32, product: bool): void {
  fillUp(voxels);
  if (labels != denseLabels) {
    if (hasWeights) slopesOfOverlap<No, Yes, Yes>(voxels);
    else slopesOfOverlap<No, No, Yes>(voxels);
  } else if (product) {
    if (hasWeights) slopesOfOverlap<Yes, Yes, Yes>(voxels);
    else slopesOfOverlap<Yes, No, Yes>(voxels);
  } else if (hasWeights) slopesOfOverlap<Yes, Yes, No>(voxels);
  else slopesOfOverlap<Yes, No, No>(voxels);
}

function slopesOfOverlap<Dense, Weighted, Product>(voxels: i32): void {
  const left = i32x4.splat(ignored);
  const bytes = (<usize>((voxels + 3) & ~3)) << 2;
  const ofFalsePositives = v128.load32_splat(coefficientsAt, 4);
  const inside = f32x4.sub(v128.load32_splat(coefficientsAt), v128.load32_splat(coefficientsAt, 8));
  const ofSquares = f32x4.mul(v128.load32_splat(coefficientsAt, 12), splat(-2));
  for (let at: usize = 0; at < bytes; at += 16) {
    const counted = countedAt<Dense, Weighted>(at, left);
    const g = targetAt<Dense, Weighted>(at, counted);
    const x = only<Dense, Weighted>(v128.load(predictionsAt + at), counted);
    const t = oddsAgainst(x);
    const p = f32x4.div(ones(), f32x4.add(t, ones()));
    const q = f32x4.mul(t, p);
    let d: v128;
    if (!offsetof<Dense>()) {
      const isLabelled = f32x4.gt(g, splat(0));
      const missing = v128.bitselect(q, f32x4.neg(p), isLabelled);
      d = f32x4.add(v128.bitselect(inside, ofFalsePositives, isLabelled), f32x4.mul(missing, ofSquares));
    } else {
      const missing = shortfall(p, q, g);
      let h = g;
      if (!offsetof<Product>()) {
        const below = f32x4.gt(missing, splat(0));
        const above = f32x4.lt(missing, splat(0));
        h = v128.or(v128.and(below, ones()), v128.andnot(v128.andnot(g, above), below));
      }
      d = f32x4.add(f32x4.mul(f32x4.sub(ones(), h), ofFalsePositives), f32x4.mul(h, inside));
      d = f32x4.add(d, f32x4.mul(missing, ofSquares));
    }
    const slope = f32x4.mul(p, weighed<Dense, Weighted>(d, at, counted));
    v128.store(predictionsAt + at, f32x4.mul(slope, q));
  }
}

/** Adds the sums of v g' (-ln p) and v (1 - g') (-ln (1 - p)) of a tile. */
export function crossEntropyOfOne(voxels: i32, retained: f32, spread: f32): void {
  fillUp(voxels);
  if (labels != denseLabels) {
    if (hasWeights) addCrossEntropy<No, Yes>(voxels, retained, spread);
    else addCrossEntropy<No, No>(voxels, retained, spread);
  } else if (hasWeights) addCrossEntropy<Yes, Yes>(voxels, retained, spread);
  else addCrossEntropy<Yes, No>(voxels, retained, spread);
}

function addCrossEntropy<Dense, Weighted>(voxels: i32, retained: f32, spread: f32): void {
  const left = i32x4.splat(ignored);
  const bytes = (<usize>((voxels + 3) & ~3)) << 2;
  const ofTarget = splat(retained);
  const ofAll = splat(spread);
  let positives = v128.load(termSumsAt);
  let negatives = v128.load(termSumsAt, 16);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let positive = splat(0);
    let negative = splat(0);
    for (let at = from; at < end; at += 16) {
      const counted = countedAt<Dense, Weighted>(at, left);
      const x = only<Dense, Weighted>(v128.load(predictionsAt + at), counted);
      const g = f32x4.add(f32x4.mul(targetAt<Dense, Weighted>(at, counted), ofTarget), ofAll);
      const log = logOnePlusShare(exponential(f32x4.neg(f32x4.abs(x))));
      const minusLog = f32x4.add(f32x4.pmax(splat(0), f32x4.neg(x)), log);
      const minusLogComplement = f32x4.add(f32x4.pmax(splat(0), x), log);
      const ofPositive = f32x4.mul(g, minusLog);
      const ofNegative = f32x4.mul(f32x4.sub(ones(), g), minusLogComplement);
      positive = f32x4.add(positive, weighed<Dense, Weighted>(ofPositive, at, counted));
      negative = f32x4.add(negative, weighed<Dense, Weighted>(ofNegative, at, counted));
    }
    positives = addTo(positives, positive);
    negatives = addTo(negatives, negative);
  }
  v128.store(termSumsAt, positives);
  v128.store(termSumsAt, negatives, 16);
}

/** Replaces the predictions of a tile by the gradient of these sums, v [b (1 - g') p - a g' (1 - p)]. */
export function crossEntropyGradientOfOne(voxels: i32, retained: f32, spread: f32): void {
  fillUp(voxels);
  if (labels != denseLabels) {
    if (hasWeights) slopesOfCrossEntropy<No, Yes>(voxels, retained, spread);
    else slopesOfCrossEntropy<No, No>(voxels, retained, spread);
  } else if (hasWeights) slopesOfCrossEntropy<Yes, Yes>(voxels, retained, spread);
  else slopesOfCrossEntropy<Yes, No>(voxels, retained, spread);
}

function slopesOfCrossEntropy<Dense, Weighted>(voxels: i32, retained: f32, spread: f32): void {
  const left = i32x4.splat(ignored);
  const bytes = (<usize>((voxels + 3) & ~3)) << 2;
  const ofTarget = splat(retained);
  const ofAll = splat(spread);
  const a = v128.load32_splat(termCoefficientsAt);
  const b = v128.load32_splat(termCoefficientsAt, 4);
  for (let at: usize = 0; at < bytes; at += 16) {
    const counted = countedAt<Dense, Weighted>(at, left);
    const x = only<Dense, Weighted>(v128.load(predictionsAt + at), counted);
    const g = f32x4.add(f32x4.mul(targetAt<Dense, Weighted>(at, counted), ofTarget), ofAll);
    const t = oddsAgainst(x);
    const p = f32x4.div(ones(), f32x4.add(t, ones()));
    const ofPositive = f32x4.mul(f32x4.mul(a, g), f32x4.mul(t, p));
    const ofNegative = f32x4.mul(f32x4.mul(b, f32x4.sub(ones(), g)), p);
    v128.store(predictionsAt + at, weighed<Dense, Weighted>(f32x4.sub(ofNegative, ofPositive), at, counted));
  }
}
