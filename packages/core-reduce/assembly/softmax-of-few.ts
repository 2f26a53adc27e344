// Softmax of two to four classes: the exponentials a plane at a time, and all that is made of them in one go.
import { logs, probabilities } from "./activate";
import { exponentials } from "./exponentials";
import { complement, logits, minusLog, plane, probability } from "./memory";
import { logOnePlus, logOnePlusShare, ones } from "./numbers";

/**
 * Exponentials relative to the largest logit, whose own is exactly 1. The complement of a class is made of the others' exponentials;
 * that of the largest is the smallest of all, and ln (1 + it) is the logarithm of the sum.
 */
// @ts-ignore: decorator
@inline
export function softmaxOfFew<N, Wanted>(bytes: usize): void {
  const step = plane;
  exponentialsOfFew<N, Wanted>(bytes);
  for (let at: usize = 0; at < bytes; at += 16) {
    let e0 = v128.load(probability + at);
    let e1 = e0;
    if (offsetof<N>() == 2) {
      // the other's exponential is all there is
      const isFirst = f32x4.ge(v128.load(logits + at), v128.load(logits + at + step));
      e1 = v128.bitselect(e0, ones(), isFirst);
      e0 = v128.bitselect(ones(), e0, isFirst);
    } else e1 = v128.load(probability + at + step);
    let e2 = e0;
    let e3 = e0;
    let o0 = e1;
    let o1 = e0;
    let o2 = e0;
    let o3 = e0;
    if (offsetof<N>() == 3) {
      e2 = v128.load(probability + at + 2 * step);
      o0 = f32x4.add(e1, e2);
      o1 = f32x4.add(e0, e2);
      o2 = f32x4.add(e0, e1);
    }
    if (offsetof<N>() == 4) {
      e2 = v128.load(probability + at + 2 * step);
      e3 = v128.load(probability + at + 3 * step);
      const first = f32x4.add(e0, e1);
      const second = f32x4.add(e2, e3);
      o0 = f32x4.add(e1, second);
      o1 = f32x4.add(e0, second);
      o2 = f32x4.add(e3, first);
      o3 = f32x4.add(e2, first);
    }
    if (offsetof<Wanted>() & probabilities) {
      const share = f32x4.div(ones(), f32x4.add(e0, o0));
      v128.store(probability + at, f32x4.mul(e0, share));
      v128.store(probability + at + step, f32x4.mul(e1, share));
      v128.store(complement + at, f32x4.mul(o0, share));
      v128.store(complement + at + step, f32x4.mul(o1, share));
      if (offsetof<N>() > 2) {
        v128.store(probability + at + 2 * step, f32x4.mul(e2, share));
        v128.store(complement + at + 2 * step, f32x4.mul(o2, share));
      }
      if (offsetof<N>() > 3) {
        v128.store(probability + at + 3 * step, f32x4.mul(e3, share));
        v128.store(complement + at + 3 * step, f32x4.mul(o3, share));
      }
    }
    if (offsetof<Wanted>() & logs) {
      let rest = f32x4.pmin(o0, o1);
      if (offsetof<N>() > 2) rest = f32x4.pmin(rest, o2);
      if (offsetof<N>() > 3) rest = f32x4.pmin(rest, o3);
      const total = offsetof<N>() == 2 ? logOnePlusShare(rest) : logOnePlus(rest);
      subtractFrom(total, minusLog + at);
      subtractFrom(total, minusLog + at + step);
      if (offsetof<N>() > 2) subtractFrom(total, minusLog + at + 2 * step);
      if (offsetof<N>() > 3) subtractFrom(total, minusLog + at + 3 * step);
    }
  }
}

// @ts-ignore: decorator
@inline
function subtractFrom(total: v128, at: usize): void {
  v128.store(at, f32x4.sub(total, v128.load(at)));
}

/**
 * Fills the planes of p with the exponentials, a whole plane at a time. Of two classes one has 1, and the other's stands in the plane of the first. Where
 * logarithms are wanted, their planes get what the exponentials are of.
 */
// @ts-ignore: decorator
@inline
function exponentialsOfFew<N, Wanted>(bytes: usize): void {
  const step = plane;
  const end: usize = offsetof<N>() * step;
  for (let at: usize = 0; at < bytes; at += 16) {
    let top = f32x4.pmax(v128.load(logits + at), v128.load(logits + at + step));
    if (offsetof<N>() > 2) top = f32x4.pmax(top, v128.load(logits + at + 2 * step));
    if (offsetof<N>() > 3) top = f32x4.pmax(top, v128.load(logits + at + 3 * step));
    const x0 = f32x4.sub(v128.load(logits + at), top);
    const x1 = f32x4.sub(v128.load(logits + at + step), top);
    if (offsetof<N>() == 2) v128.store(probability + at, f32x4.add(x0, x1));
    else {
      v128.store(probability + at, x0);
      v128.store(probability + at + step, x1);
    }
    if (offsetof<Wanted>() & logs) {
      v128.store(minusLog + at, x0);
      v128.store(minusLog + at + step, x1);
    }
    for (let c: usize = 2 * step; c < end; c += step) {
      const x = f32x4.sub(v128.load(logits + at + c), top);
      v128.store(probability + at + c, x);
      if (offsetof<Wanted>() & logs) v128.store(minusLog + at + c, x);
    }
  }
  exponentials(probability, bytes);
  for (let c = step; offsetof<N>() > 2 && c < end; c += step) exponentials(probability + c, bytes);
}
