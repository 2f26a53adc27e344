// One class behind a sigmoid, with labels 0 and 1: of p and 1 - p, and of their logarithms, each voxel needs one.
import { gamma } from "./cross-entropy-terms";
import { addBeside, allSquares, beside, besideOf, isAny, squareOf } from "./beside";
import { exponentials } from "./exponentials";
import { signedSmaller } from "./kept";
import { labelBit, oneAsBits } from "./left-labels";
import { coefficientsAt, labelsAt, logits, predictionsAt, sumsAt, termCoefficientsAt, termSumsAt, weightsAt } from "./memory";
import { addTo, addToSums, chunk, exponential, logOnePlusShare, splat } from "./numbers";
import { focalSlopeOfOne, focusOfOne, largestExponent, oddsAgainst, shareOfOne, Yes } from "./one-class";
import { ignored, isKept } from "./stage";

/** The lowest label that counts, and how many from there on do. */
// @ts-ignore: decorator
@inline
function lowestCounted(): v128 {
  return i32x4.splat(ignored == 0 ? 1 : 0);
}

// @ts-ignore: decorator
@inline
function howManyCount(): v128 {
  return i32x4.splat(ignored == 0 || ignored == 1 ? 1 : 2);
}

/** The mask of four voxels that count. */
// @ts-ignore: decorator
@inline
function countedAt<Weighted>(label: v128, at: usize, from: v128, many: v128): v128 {
  const counted = i32x4.lt_u(i32x4.sub(label, from), many);
  return offsetof<Weighted>() ? v128.and(counted, f32x4.gt(v128.load(weightsAt + at), splat(0))) : counted;
}

/** A number times v, 0 where a voxel does not count; garbage there may be no number. */
// @ts-ignore: decorator
@inline
function weighed<Weighted>(number: v128, at: usize, counted: v128): v128 {
  return v128.and(offsetof<Weighted>() ? f32x4.mul(number, v128.load(weightsAt + at)) : number, counted);
}

/** Labels that are 0 or 1, as indices or as floats. What is left holds them too. */
export function addHardOverlap<Weighted, Beside>(bytes: usize, isDense: bool): void {
  const lowest = isDense ? splat(0) : lowestCounted();
  const many = isDense ? i32x4.splat(-1) : howManyCount();
  const one = i32x4.splat(isDense ? oneAsBits : 1);
  const mark = i32x4.splat(labelBit);
  const leaves = isKept;
  const kind = beside;
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    for (let at = from; at < end; at += 16) {
      v128.store(logits + at - from, f32x4.pmin(splat(largestExponent), f32x4.neg(v128.load(predictionsAt + at))));
    }
    exponentials(logits, end - from);
    let i = splat(0);
    let fp = splat(0);
    let fn = splat(0);
    let square = splat(0);
    let extra = splat(0);
    for (let at = from; at < end; at += 16) {
      const label = v128.load(labelsAt + at);
      const counted = countedAt<Weighted>(label, at, lowest, many);
      const isLabelled = i32x4.eq(label, one);
      const t = v128.load(logits + at - from);
      const share = v128.and(shareOfOne(t), counted);
      const q = f32x4.mul(t, share);
      if (leaves) {
        const smaller = signedSmaller(share, v128.and(q, counted), v128.load(predictionsAt + at));
        v128.store(predictionsAt + at, v128.or(smaller, v128.and(isLabelled, mark)));
      }
      const right = weighed<Weighted>(share, at, counted);
      const missed = v128.and(v128.and(q, counted), isLabelled);
      const wrong = v128.or(missed, v128.andnot(share, isLabelled));
      i = f32x4.add(i, v128.and(right, isLabelled));
      fp = f32x4.add(fp, v128.andnot(right, isLabelled));
      fn = f32x4.add(fn, weighed<Weighted>(missed, at, counted));
      const squared = weighed<Weighted>(f32x4.mul(wrong, wrong), at, counted);
      square = f32x4.add(square, squareOf<Beside>(kind, squared, isLabelled));
      if (isAny<Beside>()) {
        extra = f32x4.add(extra, weighed<Weighted>(besideOf(kind, q, wrong, isLabelled), at, counted));
      }
    }
    addToSums(sumsAt, i, fp, fn, allSquares<Beside>(kind, square, extra));
    addBeside<Beside>(0, extra, square);
  }
}

export function slopesOfIndexedOverlap<Weighted>(bytes: usize): void {
  const lowest = lowestCounted();
  const many = howManyCount();
  const one = i32x4.splat(1);
  const ofFalsePositives = v128.load32_splat(coefficientsAt, 4);
  const inside = f32x4.sub(v128.load32_splat(coefficientsAt), v128.load32_splat(coefficientsAt, 8));
  const ofSquares = f32x4.mul(v128.load32_splat(coefficientsAt, 12), splat(-2));
  for (let at: usize = 0; at < bytes; at += 16) {
    const label = v128.load(labelsAt + at);
    const counted = countedAt<Weighted>(label, at, lowest, many);
    const isLabelled = i32x4.eq(label, one);
    const x = v128.load(predictionsAt + at);
    const t = oddsAgainst(x);
    const p = shareOfOne(t);
    const q = f32x4.mul(t, p);
    const missing = v128.bitselect(q, f32x4.neg(p), isLabelled);
    const d = f32x4.add(v128.bitselect(inside, ofFalsePositives, isLabelled), f32x4.mul(missing, ofSquares));
    v128.store(predictionsAt + at, weighed<Weighted>(f32x4.mul(f32x4.mul(p, q), d), at, counted));
  }
}

/** x where the label is 0, -x where it is 1: the error is the sigmoid of it, and the cross entropy ln (1 + e^it). */
// @ts-ignore: decorator
@inline
function against(x: v128, isLabelled: v128): v128 {
  return v128.xor(x, i32x4.shl(isLabelled, 31));
}

export function addIndexedCrossEntropy(bytes: usize): void {
  const lowest = lowestCounted();
  const many = howManyCount();
  const one = i32x4.splat(1);
  const leaves = isKept;
  const exponent = gamma;
  const ofPositive = f32x4.neg(v128.load32_splat(termCoefficientsAt));
  const ofNegative = v128.load32_splat(termCoefficientsAt, 4);
  let positives = v128.load(termSumsAt);
  let negatives = v128.load(termSumsAt, 16);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let positive = splat(0);
    let negative = splat(0);
    for (let at = from; at < end; at += 16) {
      const label = v128.load(labelsAt + at);
      const counted = countedAt<Yes>(label, at, lowest, many);
      const isLabelled = i32x4.eq(label, one);
      const x = against(v128.load(predictionsAt + at), isLabelled);
      const e = exponential(f32x4.neg(f32x4.abs(x)));
      const log = f32x4.add(f32x4.pmax(splat(0), x), logOnePlusShare(e));
      let term = log;
      if (leaves || exponent != 0) {
        const larger = shareOfOne(e);
        const smaller = f32x4.mul(e, larger);
        const isWrong = f32x4.ge(x, splat(0));
        const error = v128.bitselect(larger, smaller, isWrong);
        let slope = error;
        if (exponent != 0) {
          term = f32x4.mul(term, focusOfOne(error, exponent));
          slope = focalSlopeOfOne(error, v128.bitselect(smaller, larger, isWrong), log, exponent);
        }
        if (leaves) {
          slope = f32x4.mul(slope, v128.bitselect(ofPositive, ofNegative, isLabelled));
          v128.store(predictionsAt + at, weighed<Yes>(slope, at, counted));
        }
      }
      term = weighed<Yes>(term, at, counted);
      positive = f32x4.add(positive, v128.and(term, isLabelled));
      negative = f32x4.add(negative, v128.andnot(term, isLabelled));
    }
    positives = addTo(positives, positive);
    negatives = addTo(negatives, negative);
  }
  v128.store(termSumsAt, positives);
  v128.store(termSumsAt, negatives, 16);
}

export function slopesOfIndexedCrossEntropy(bytes: usize): void {
  const lowest = lowestCounted();
  const many = howManyCount();
  const one = i32x4.splat(1);
  const exponent = gamma;
  const ofPositive = f32x4.neg(v128.load32_splat(termCoefficientsAt));
  const ofNegative = v128.load32_splat(termCoefficientsAt, 4);
  for (let at: usize = 0; at < bytes; at += 16) {
    const label = v128.load(labelsAt + at);
    const counted = countedAt<Yes>(label, at, lowest, many);
    const isLabelled = i32x4.eq(label, one);
    const x = against(v128.load(predictionsAt + at), isLabelled);
    const t = oddsAgainst(x);
    const error = shareOfOne(t);
    let slope = error;
    if (exponent != 0) {
      const log = f32x4.add(f32x4.pmax(splat(0), x), logOnePlusShare(exponential(f32x4.neg(f32x4.abs(x)))));
      slope = focalSlopeOfOne(error, f32x4.mul(t, error), log, exponent);
    }
    slope = f32x4.mul(slope, v128.bitselect(ofPositive, ofNegative, isLabelled));
    v128.store(predictionsAt + at, weighed<Yes>(slope, at, counted));
  }
}
