// Probabilities with what keeps a saturated prediction exact: the complement from the other exponentials, logarithms from the logits.
import {
  classes,
  complement,
  logits,
  minusLog,
  minusLogComplement,
  plane,
  probability,
  scratch,
  slope,
} from "./memory";
import { exponentials } from "./exponentials";
import { exponential, logarithm, logOnePlus, logOnePlusShare, ones, splat } from "./numbers";
import { Four, One, Three, Two } from "./planes";
import { recall } from "./kept";
import { softmaxOfFew } from "./softmax-of-few";
import { activation, isRecalled, none, softmax } from "./stage";

// What is wanted of an activation: p and 1 - p, or -ln p (without softmax also -ln (1 - p)), or all of it.
export const probabilities: i32 = 1;
export const logs: i32 = 2;
export const everything: i32 = 3;

/** The distance of two planes as a local of the function that asks: a global would be read anew for every plane. */
// @ts-ignore: decorator
@inline
function planeOf(): usize {
  return plane;
}

/** Classes that are added up one after the other. */
const partClasses: usize = 16;

/** Below this, ln p of given probabilities goes on as a straight line. */
const smallestProbability: f32 = 1e-7;

/** Fills the planes that are wanted. */
export function activate(bytes: usize, wanted: i32): void {
  if (isRecalled) recall(bytes);
  else if (activation == none) keepProbabilities(bytes, wanted);
  else if (activation != softmax) activateSigmoid(bytes, wanted);
  else if (wanted == probabilities) activateSoftmax<One>(bytes);
  else if (wanted == logs) activateSoftmax<Two>(bytes);
  else activateSoftmax<Three>(bytes);
}

function keepProbabilities(bytes: usize, wanted: i32): void {
  for (let c = 0; c < classes; c++) {
    const offset = <usize>c * plane;
    for (let at = offset; at < offset + bytes; at += 16) {
      const p = v128.load(probability + at);
      const q = f32x4.sub(ones(), p);
      v128.store(complement + at, q);
      if (wanted & logs) {
        v128.store(minusLog + at, minusContinuedLog(p));
        v128.store(minusLogComplement + at, minusContinuedLog(q));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function minusContinuedLog(p: v128): v128 {
  const smallest = splat(smallestProbability);
  const line = f32x4.div(f32x4.pmin(splat(0), f32x4.sub(p, smallest)), smallest);
  return f32x4.neg(f32x4.add(logarithm(f32x4.pmax(smallest, p)), line));
}

/** The derivative of the continued logarithm. */
// @ts-ignore: decorator
@inline
export function continuedLogSlope(p: v128): v128 {
  return f32x4.div(ones(), f32x4.pmax(splat(smallestProbability), p));
}

/** p and 1 - p from e^-|x|, which never overflows; -ln p = max(-x, 0) + ln (1 + e^-|x|). */
function activateSigmoid(bytes: usize, wanted: i32): void {
  for (let c = 0; c < classes; c++) {
    const offset = <usize>c * plane;
    for (let at = offset; at < offset + bytes; at += 16) {
      v128.store(probability + at, f32x4.neg(f32x4.abs(v128.load(logits + at))));
    }
    exponentials(probability + offset, bytes);
    for (let at = offset; at < offset + bytes; at += 16) {
      const x = v128.load(logits + at);
      const e = v128.load(probability + at);
      if (wanted & probabilities) {
        const larger = f32x4.div(ones(), f32x4.add(e, ones()));
        const smaller = f32x4.mul(e, larger);
        const isPositive = f32x4.ge(x, splat(0));
        v128.store(probability + at, v128.bitselect(larger, smaller, isPositive));
        v128.store(complement + at, v128.bitselect(smaller, larger, isPositive));
      }
      if (wanted & logs) {
        const log = logOnePlusShare(e);
        v128.store(minusLog + at, f32x4.add(f32x4.pmax(splat(0), f32x4.neg(x)), log));
        v128.store(minusLogComplement + at, f32x4.add(f32x4.pmax(splat(0), x), log));
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function activateSoftmax<Wanted>(bytes: usize): void {
  if (classes == 2) softmaxOfFew<Two, Wanted>(bytes);
  else if (classes == 3) softmaxOfFew<Three, Wanted>(bytes);
  else if (classes == 4) softmaxOfFew<Four, Wanted>(bytes);
  else softmaxOfMany<Wanted>(bytes);
}

/**
 * The same as of few classes for any number of them: what stands before a class and what stands after it are added up apart, and in parts, since one
 * sum over 256 exponentials would be off by 1e-6.
 */
// @ts-ignore: decorator
@inline
function softmaxOfMany<Wanted>(bytes: usize): void {
  const plane = planeOf();
  const end = <usize>classes * plane;
  for (let at: usize = 0; at < bytes; at += 16) {
    let top = v128.load(logits + at);
    for (let c = plane; c < end; c += plane) top = f32x4.pmax(top, v128.load(logits + at + c));
    let before = splat(0);
    for (let c: usize = 0; c < end; ) {
      const last = min(c + partClasses * plane, end);
      let part = splat(0);
      for (; c < last; c += plane) {
        const e = exponential(f32x4.sub(v128.load(logits + at + c), top));
        v128.store(probability + at + c, e);
        v128.store(complement + at + c, f32x4.add(before, part));
        part = f32x4.add(part, e);
      }
      before = f32x4.add(before, part);
    }
    const share = f32x4.div(ones(), before);
    let rest = before;
    let after = splat(0);
    for (let c = end; c > 0; ) {
      const first = c - min(c, partClasses * plane);
      let part = splat(0);
      while (c > first) {
        c -= plane;
        const e = v128.load(probability + at + c);
        const others = f32x4.add(v128.load(complement + at + c), f32x4.add(after, part));
        part = f32x4.add(part, e);
        rest = f32x4.pmin(rest, others);
        if (offsetof<Wanted>() & probabilities) {
          v128.store(probability + at + c, f32x4.mul(e, share));
          v128.store(complement + at + c, f32x4.mul(others, share));
        }
      }
      after = f32x4.add(after, part);
    }
    if (offsetof<Wanted>() & logs) {
      const total = logOnePlus(rest);
      for (let c: usize = 0; c < end; c += plane) {
        const below = f32x4.sub(v128.load(logits + at + c), top);
        v128.store(minusLog + at + c, f32x4.sub(total, below));
      }
    }
  }
}

/**
 * The slopes' planes from h = p dL/dp (dL/dp itself without an activation) to the gradient with respect to the predictions:
 * h (1 - p) for sigmoid, h_k (1 - p_k) - p_k sum of the other classes' h for softmax.
 */
export function throughActivation(bytes: usize): void {
  if (activation == none) return;
  if (activation != softmax) {
    for (let c = 0; c < classes; c++) {
      const offset = <usize>c * plane;
      for (let at = offset; at < offset + bytes; at += 16) {
        v128.store(slope + at, f32x4.mul(v128.load(slope + at), v128.load(complement + at)));
      }
    }
  } else if (classes == 2) throughSoftmaxOfFew<Two>(bytes);
  else if (classes == 3) throughSoftmaxOfFew<Three>(bytes);
  else if (classes == 4) throughSoftmaxOfFew<Four>(bytes);
  else throughSoftmaxOfMany(bytes);
}

// @ts-ignore: decorator
@inline
function throughSoftmaxOfFew<N>(bytes: usize): void {
  const plane = planeOf();
  for (let at: usize = 0; at < bytes; at += 16) {
    const h0 = v128.load(slope + at);
    const h1 = v128.load(slope + at + plane);
    if (offsetof<N>() == 2) {
      storeThrough(at, h0, h1);
      storeThrough(at + plane, h1, h0);
    } else if (offsetof<N>() == 3) {
      const h2 = v128.load(slope + at + 2 * plane);
      storeThrough(at, h0, f32x4.add(h1, h2));
      storeThrough(at + plane, h1, f32x4.add(h0, h2));
      storeThrough(at + 2 * plane, h2, f32x4.add(h0, h1));
    } else {
      const h2 = v128.load(slope + at + 2 * plane);
      const h3 = v128.load(slope + at + 3 * plane);
      const first = f32x4.add(h0, h1);
      const second = f32x4.add(h2, h3);
      storeThrough(at, h0, f32x4.add(h1, second));
      storeThrough(at + plane, h1, f32x4.add(h0, second));
      storeThrough(at + 2 * plane, h2, f32x4.add(h3, first));
      storeThrough(at + 3 * plane, h3, f32x4.add(h2, first));
    }
  }
}

// @ts-ignore: decorator
@inline
export function storeThrough(at: usize, h: v128, ofOthers: v128): void {
  const kept = f32x4.mul(h, v128.load(complement + at));
  v128.store(slope + at, f32x4.sub(kept, f32x4.mul(v128.load(probability + at), ofOthers)));
}

function throughSoftmaxOfMany(bytes: usize): void {
  const plane = planeOf();
  const end = <usize>classes * plane;
  for (let at: usize = 0; at < bytes; at += 16) {
    let before = splat(0);
    for (let c: usize = 0; c < end; c += plane) {
      v128.store(scratch + at + c, before);
      before = f32x4.add(before, v128.load(slope + at + c));
    }
    let after = splat(0);
    for (let c = end; c > 0; ) {
      c -= plane;
      const h = v128.load(slope + at + c);
      storeThrough(at + c, h, f32x4.add(v128.load(scratch + at + c), after));
      after = f32x4.add(after, h);
    }
  }
}
