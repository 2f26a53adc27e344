// Sums of overlap of three classes behind softmax whose labels are 0 or 1: four voxels are three vectors, one for each class.
import { addBeside, allSquares, beside, besideOf, isAny, squareOf } from "./beside";
import { exponentials } from "./exponentials";
import { labelBit } from "./left-labels";
import { labelsAt, logits, plane, predictionsAt, sumsAt, weight } from "./memory";
import { addToSums, chunk, ones, splat } from "./numbers";
import { denseLabels, isKept, labels } from "./stage";
import { firstOf, put, secondOf, thirdOf } from "./threes";

export function addHardOverlapOfThree<Beside>(first: i32, bytes: usize, checks: bool): void {
  const isDense = labels == denseLabels;
  const leaves = isKept;
  const kind = beside;
  const mark = i32x4.splat(labelBit);
  const step = plane;
  const one = ones();
  let tile = predictionsAt + <usize>first * 12;
  for (let at: usize = 0; at < bytes; at += 16) {
    const a = v128.load(tile);
    const b = v128.load(tile, 16);
    const c = v128.load(tile, 32);
    tile += 48;
    let x0 = firstOf(a, b, c);
    let x1 = secondOf(a, b, c);
    let x2 = thirdOf(a, b, c);
    if (checks) {
      const counted = f32x4.gt(v128.load(weight + at), splat(0));
      x0 = v128.and(x0, counted);
      x1 = v128.and(x1, counted);
      x2 = v128.and(x2, counted);
    }
    const top = f32x4.pmax(f32x4.pmax(x0, x1), x2);
    v128.store(logits + at, f32x4.sub(x0, top));
    v128.store(logits + at + step, f32x4.sub(x1, top));
    v128.store(logits + at + 2 * step, f32x4.sub(x2, top));
  }
  exponentials(logits, 3 * step);
  tile = predictionsAt + <usize>first * 12;
  let label = labelsAt + <usize>first * (isDense ? 12 : 4);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let i0 = splat(0);
    let i1 = splat(0);
    let i2 = splat(0);
    let fp0 = splat(0);
    let fp1 = splat(0);
    let fp2 = splat(0);
    let fn0 = splat(0);
    let fn1 = splat(0);
    let fn2 = splat(0);
    let square0 = splat(0);
    let square1 = splat(0);
    let square2 = splat(0);
    let extra0 = splat(0);
    let extra1 = splat(0);
    let extra2 = splat(0);
    for (let at = from; at < end; at += 16) {
      const e0 = v128.load(logits + at);
      const e1 = v128.load(logits + at + step);
      const e2 = v128.load(logits + at + 2 * step);
      const e01 = f32x4.add(e0, e1);
      let share = f32x4.div(one, f32x4.add(e01, e2));
      let v = one;
      let counted = share;
      if (checks) {
        v = v128.load(weight + at);
        counted = f32x4.gt(v, splat(0));
        share = v128.and(share, counted);
      }
      let is0: v128;
      let is1: v128;
      let is2: v128;
      if (isDense) {
        const a = f32x4.eq(v128.load(label), one);
        const b = f32x4.eq(v128.load(label, 16), one);
        const c = f32x4.eq(v128.load(label, 32), one);
        is0 = firstOf(a, b, c);
        is1 = secondOf(a, b, c);
        is2 = thirdOf(a, b, c);
        label += 48;
      } else {
        const index = v128.load(label);
        is0 = i32x4.eq(index, i32x4.splat(0));
        is1 = i32x4.eq(index, i32x4.splat(1));
        is2 = i32x4.eq(index, i32x4.splat(2));
        label += 16;
      }
      const p0 = f32x4.mul(e0, share);
      const p1 = f32x4.mul(e1, share);
      const p2 = f32x4.mul(e2, share);
      if (leaves) {
        const left0 = v128.or(p0, v128.and(is0, mark));
        const left1 = v128.or(p1, v128.and(is1, mark));
        put(tile, left0, left1, v128.or(p2, v128.and(is2, mark)));
        tile += 48;
      }
      let right = v128.and(p0, is0);
      let wrong = v128.andnot(p0, is0);
      let q = f32x4.mul(f32x4.add(e1, e2), share);
      let missed = v128.and(q, is0);
      let error = v128.or(missed, wrong);
      i0 = f32x4.add(i0, checks ? f32x4.mul(right, v) : right);
      fp0 = f32x4.add(fp0, checks ? f32x4.mul(wrong, v) : wrong);
      fn0 = f32x4.add(fn0, checks ? f32x4.mul(missed, v) : missed);
      let square = f32x4.mul(error, checks ? f32x4.mul(error, v) : error);
      square0 = f32x4.add(square0, squareOf<Beside>(kind, square, is0));
      if (isAny<Beside>()) {
        const term = besideOf(kind, q, error, is0);
        extra0 = f32x4.add(extra0, checks ? f32x4.mul(term, v) : term);
      }
      right = v128.and(p1, is1);
      wrong = v128.andnot(p1, is1);
      q = f32x4.mul(f32x4.add(e0, e2), share);
      missed = v128.and(q, is1);
      error = v128.or(missed, wrong);
      i1 = f32x4.add(i1, checks ? f32x4.mul(right, v) : right);
      fp1 = f32x4.add(fp1, checks ? f32x4.mul(wrong, v) : wrong);
      fn1 = f32x4.add(fn1, checks ? f32x4.mul(missed, v) : missed);
      square = f32x4.mul(error, checks ? f32x4.mul(error, v) : error);
      square1 = f32x4.add(square1, squareOf<Beside>(kind, square, is1));
      if (isAny<Beside>()) {
        const term = besideOf(kind, q, error, is1);
        extra1 = f32x4.add(extra1, checks ? f32x4.mul(term, v) : term);
      }
      right = v128.and(p2, is2);
      wrong = v128.andnot(p2, is2);
      q = f32x4.mul(e01, share);
      missed = v128.and(q, is2);
      error = v128.or(missed, wrong);
      i2 = f32x4.add(i2, checks ? f32x4.mul(right, v) : right);
      fp2 = f32x4.add(fp2, checks ? f32x4.mul(wrong, v) : wrong);
      fn2 = f32x4.add(fn2, checks ? f32x4.mul(missed, v) : missed);
      square = f32x4.mul(error, checks ? f32x4.mul(error, v) : error);
      square2 = f32x4.add(square2, squareOf<Beside>(kind, square, is2));
      if (isAny<Beside>()) {
        const term = besideOf(kind, q, error, is2);
        extra2 = f32x4.add(extra2, checks ? f32x4.mul(term, v) : term);
      }
    }
    addToSums(sumsAt, i0, fp0, fn0, allSquares<Beside>(kind, square0, extra0));
    addToSums(sumsAt + 64, i1, fp1, fn1, allSquares<Beside>(kind, square1, extra1));
    addToSums(sumsAt + 128, i2, fp2, fn2, allSquares<Beside>(kind, square2, extra2));
    addBeside<Beside>(0, extra0, square0);
    addBeside<Beside>(64, extra1, square1);
    addBeside<Beside>(128, extra2, square2);
  }
}
