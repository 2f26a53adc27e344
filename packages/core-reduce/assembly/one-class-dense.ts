// One class behind a sigmoid, with a target a voxel.
import { gamma } from "./cross-entropy-terms";
import { recalledComplement, recalledProbability, signedSmaller } from "./kept";
import { unlabelled } from "./left-labels";
import { coefficientsAt, labelsAt, predictionsAt, sumsAt, termCoefficientsAt, termSumsAt, weightsAt } from "./memory";
import { addTo, addToSums, chunk, exponential, logOnePlusShare, ones, splat } from "./numbers";
import { focalSlopeOfOne, focusOfOne, oddsAgainst, shareOfOne, Yes } from "./one-class";
import { shortfall } from "./overlap-sums";
import { isKept, isRecalled } from "./stage";

/** The mask of four voxels that weigh something. */
// @ts-ignore: decorator
@inline
function countedAt<Weighted>(at: usize): v128 {
  return offsetof<Weighted>() ? f32x4.gt(v128.load(weightsAt + at), splat(0)) : i32x4.splat(-1);
}

/** Numbers of four voxels, 0 where these do not count; garbage there may be no number. */
// @ts-ignore: decorator
@inline
function only<Weighted>(numbers: v128, counted: v128): v128 {
  return offsetof<Weighted>() ? v128.and(numbers, counted) : numbers;
}

/** A number times v. */
// @ts-ignore: decorator
@inline
function weighed<Weighted>(number: v128, at: usize, counted: v128): v128 {
  return offsetof<Weighted>() ? v128.and(f32x4.mul(number, v128.load(weightsAt + at)), counted) : number;
}

export function addDenseOverlap<Weighted, Product>(bytes: usize): void {
  const leaves = isKept;
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let i = splat(0);
    let fp = splat(0);
    let fn = splat(0);
    let square = splat(0);
    for (let at = from; at < end; at += 16) {
      const counted = countedAt<Weighted>(at);
      const g = only<Weighted>(v128.load(labelsAt + at), counted);
      const x = only<Weighted>(v128.load(predictionsAt + at), counted);
      const t = oddsAgainst(x);
      const p = shareOfOne(t);
      const q = f32x4.mul(t, p);
      if (leaves) v128.store(predictionsAt + at, signedSmaller(p, q, x));
      const missing = shortfall(p, q, g);
      square = f32x4.add(square, weighed<Weighted>(f32x4.mul(missing, missing), at, counted));
      if (offsetof<Product>()) {
        const vp = weighed<Weighted>(p, at, counted);
        i = f32x4.add(i, f32x4.mul(vp, g));
        fp = f32x4.add(fp, f32x4.mul(vp, f32x4.sub(ones(), g)));
        fn = f32x4.add(fn, f32x4.mul(weighed<Weighted>(q, at, counted), g));
      } else {
        const tooMuch = f32x4.pmax(splat(0), f32x4.neg(missing));
        const tooLittle = f32x4.pmax(splat(0), missing);
        i = f32x4.add(i, weighed<Weighted>(f32x4.pmin(p, g), at, counted));
        fp = f32x4.add(fp, weighed<Weighted>(tooMuch, at, counted));
        fn = f32x4.add(fn, weighed<Weighted>(tooLittle, at, counted));
      }
    }
    addToSums(sumsAt, i, fp, fn, square);
  }
}

export function slopesOfDenseOverlap<Weighted, Product>(bytes: usize): void {
  const recalls = isRecalled;
  const ofFalsePositives = v128.load32_splat(coefficientsAt, 4);
  const inside = f32x4.sub(v128.load32_splat(coefficientsAt), v128.load32_splat(coefficientsAt, 8));
  const ofSquares = f32x4.mul(v128.load32_splat(coefficientsAt, 12), splat(-2));
  for (let at: usize = 0; at < bytes; at += 16) {
    const counted = countedAt<Weighted>(at);
    const g = only<Weighted>(v128.load(labelsAt + at), counted);
    const x = only<Weighted>(v128.load(predictionsAt + at), counted);
    let p: v128;
    let q: v128;
    if (recalls) {
      const kept = unlabelled(x);
      p = recalledProbability(kept);
      q = recalledComplement(kept);
    } else {
      const t = oddsAgainst(x);
      p = shareOfOne(t);
      q = f32x4.mul(t, p);
    }
    const missing = shortfall(p, q, g);
    let h = g;
    if (!offsetof<Product>()) {
      const below = f32x4.gt(missing, splat(0));
      const above = f32x4.lt(missing, splat(0));
      h = v128.or(v128.and(below, ones()), v128.andnot(v128.andnot(g, above), below));
    }
    let d = f32x4.add(f32x4.mul(f32x4.sub(ones(), h), ofFalsePositives), f32x4.mul(h, inside));
    d = f32x4.add(d, f32x4.mul(missing, ofSquares));
    const slope = f32x4.mul(p, weighed<Weighted>(d, at, counted));
    v128.store(predictionsAt + at, f32x4.mul(slope, q));
  }
}

export function addDenseCrossEntropy(bytes: usize): void {
  const leaves = isKept;
  const exponent = gamma;
  const a = v128.load32_splat(termCoefficientsAt);
  const b = v128.load32_splat(termCoefficientsAt, 4);
  let positives = v128.load(termSumsAt);
  let negatives = v128.load(termSumsAt, 16);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let positive = splat(0);
    let negative = splat(0);
    for (let at = from; at < end; at += 16) {
      const counted = countedAt<Yes>(at);
      const x = only<Yes>(v128.load(predictionsAt + at), counted);
      const g = only<Yes>(v128.load(labelsAt + at), counted);
      const e = exponential(f32x4.neg(f32x4.abs(x)));
      const log = logOnePlusShare(e);
      const rest = f32x4.sub(ones(), g);
      const minusLog = f32x4.add(f32x4.pmax(splat(0), f32x4.neg(x)), log);
      const minusLogComplement = f32x4.add(f32x4.pmax(splat(0), x), log);
      let ofPositive = f32x4.mul(g, minusLog);
      let ofNegative = f32x4.mul(rest, minusLogComplement);
      if (leaves || exponent != 0) {
        const larger = shareOfOne(e);
        const smaller = f32x4.mul(e, larger);
        const isPositive = f32x4.ge(x, splat(0));
        const p = v128.bitselect(larger, smaller, isPositive);
        const q = v128.bitselect(smaller, larger, isPositive);
        let up = p;
        let down = q;
        if (exponent != 0) {
          ofPositive = f32x4.mul(ofPositive, focusOfOne(q, exponent));
          ofNegative = f32x4.mul(ofNegative, focusOfOne(p, exponent));
          up = focalSlopeOfOne(p, q, minusLogComplement, exponent);
          down = focalSlopeOfOne(q, p, minusLog, exponent);
        }
        if (leaves) {
          const slope = f32x4.sub(f32x4.mul(f32x4.mul(b, rest), up), f32x4.mul(f32x4.mul(a, g), down));
          v128.store(predictionsAt + at, weighed<Yes>(slope, at, counted));
        }
      }
      positive = f32x4.add(positive, weighed<Yes>(ofPositive, at, counted));
      negative = f32x4.add(negative, weighed<Yes>(ofNegative, at, counted));
    }
    positives = addTo(positives, positive);
    negatives = addTo(negatives, negative);
  }
  v128.store(termSumsAt, positives);
  v128.store(termSumsAt, negatives, 16);
}

export function slopesOfDenseCrossEntropy(bytes: usize): void {
  const exponent = gamma;
  const a = v128.load32_splat(termCoefficientsAt);
  const b = v128.load32_splat(termCoefficientsAt, 4);
  for (let at: usize = 0; at < bytes; at += 16) {
    const counted = countedAt<Yes>(at);
    const x = only<Yes>(v128.load(predictionsAt + at), counted);
    const g = only<Yes>(v128.load(labelsAt + at), counted);
    const t = oddsAgainst(x);
    const p = shareOfOne(t);
    const q = f32x4.mul(t, p);
    let up = p;
    let down = q;
    if (exponent != 0) {
      const log = logOnePlusShare(exponential(f32x4.neg(f32x4.abs(x))));
      up = focalSlopeOfOne(p, q, f32x4.add(f32x4.pmax(splat(0), x), log), exponent);
      down = focalSlopeOfOne(q, p, f32x4.add(f32x4.pmax(splat(0), f32x4.neg(x)), log), exponent);
    }
    const slope = f32x4.sub(f32x4.mul(f32x4.mul(b, f32x4.sub(ones(), g)), up), f32x4.mul(f32x4.mul(a, g), down));
    v128.store(predictionsAt + at, weighed<Yes>(slope, at, counted));
  }
}
