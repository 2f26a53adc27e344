// What a forward pass leaves for the way back, in the predictions' place, so that no exponential is taken twice.
//
// Probabilities of softmax stay as they are: a complement is the sum of the others. Of a sigmoid the smaller one of p and 1 - p stays,
// with the sign of the logit, since the larger one is 1 - it to the last digit and the other way round it is not.
import { classes, complement, logits, plane, predictionsAt, probability, slope } from "./memory";
import { ones, splat } from "./numbers";
import { Four, join, Three, Two } from "./planes";
import { activation, softmax } from "./stage";

/** The bit of the sign. */
const sign = memory.data<u32>([0x80000000]);

/** The smaller one of p and 1 - p with the sign of the logit x. */
// @ts-ignore: decorator
@inline
export function signedSmaller(p: v128, q: v128, x: v128): v128 {
  return v128.or(f32x4.pmin(p, q), v128.and(x, v128.load32_splat(sign)));
}

/** p of a kept number. */
// @ts-ignore: decorator
@inline
export function recalledProbability(kept: v128): v128 {
  const smaller = f32x4.abs(kept);
  return v128.bitselect(smaller, f32x4.sub(ones(), smaller), i32x4.shr_s(kept, 31));
}

/** 1 - p of a kept number. */
// @ts-ignore: decorator
@inline
export function recalledComplement(kept: v128): v128 {
  const smaller = f32x4.abs(kept);
  return v128.bitselect(f32x4.sub(ones(), smaller), smaller, i32x4.shr_s(kept, 31));
}

/** Leaves the probabilities of a block that begins at voxel `first` of the tile. */
export function remember(first: i32, bytes: usize): void {
  const to = predictionsAt + ((<usize>(first * classes)) << 2);
  if (activation == softmax) return join(probability, to, bytes);
  for (let c = 0; c < classes; c++) {
    const offset = <usize>c * plane;
    for (let at = offset; at < offset + bytes; at += 16) {
      const smaller = signedSmaller(
        v128.load(probability + at),
        v128.load(complement + at),
        v128.load(logits + at),
      );
      v128.store(slope + at, smaller);
    }
  }
  join(slope, to, bytes);
}

/** Fills the planes of p and 1 - p from what was left. */
export function recall(bytes: usize): void {
  if (activation == softmax) {
    if (classes == 2) return recallFew<Two>(bytes);
    if (classes == 3) return recallFew<Three>(bytes);
    if (classes == 4) return recallFew<Four>(bytes);
    return recallMany(bytes);
  }
  for (let c = 0; c < classes; c++) {
    const offset = <usize>c * plane;
    for (let at = offset; at < offset + bytes; at += 16) {
      const kept = v128.load(probability + at);
      v128.store(probability + at, recalledProbability(kept));
      v128.store(complement + at, recalledComplement(kept));
    }
  }
}

// @ts-ignore: decorator
@inline
function recallFew<N>(bytes: usize): void {
  const step = plane;
  for (let at: usize = 0; at < bytes; at += 16) {
    const p0 = v128.load(probability + at);
    const p1 = v128.load(probability + at + step);
    if (offsetof<N>() == 2) {
      v128.store(complement + at, p1);
      v128.store(complement + at + step, p0);
      continue;
    }
    const p2 = v128.load(probability + at + 2 * step);
    const first = f32x4.add(p0, p1);
    if (offsetof<N>() == 3) {
      v128.store(complement + at, f32x4.add(p1, p2));
      v128.store(complement + at + step, f32x4.add(p0, p2));
      v128.store(complement + at + 2 * step, first);
      continue;
    }
    const p3 = v128.load(probability + at + 3 * step);
    const second = f32x4.add(p2, p3);
    v128.store(complement + at, f32x4.add(p1, second));
    v128.store(complement + at + step, f32x4.add(p0, second));
    v128.store(complement + at + 2 * step, f32x4.add(p3, first));
    v128.store(complement + at + 3 * step, f32x4.add(p2, first));
  }
}

/** What stands before a class and what stands after it are added up apart: nothing is subtracted. */
function recallMany(bytes: usize): void {
  const step = plane;
  const end = <usize>classes * step;
  for (let at: usize = 0; at < bytes; at += 16) {
    let before = splat(0);
    for (let c: usize = 0; c < end; c += step) {
      v128.store(complement + at + c, before);
      before = f32x4.add(before, v128.load(probability + at + c));
    }
    let after = splat(0);
    for (let c = end; c > 0; ) {
      c -= step;
      v128.store(complement + at + c, f32x4.add(v128.load(complement + at + c), after));
      after = f32x4.add(after, v128.load(probability + at + c));
    }
  }
}
