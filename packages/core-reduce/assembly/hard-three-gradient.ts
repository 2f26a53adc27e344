// The gradient of these sums, from the probabilities and labels that were left.
import { labelled, unlabelled } from "./left-labels";
import { coefficientsAt, predictionsAt, weight } from "./memory";
import { splat } from "./numbers";
import { hasWeights } from "./stage";
import { firstOf, put, secondOf, thirdOf } from "./threes";

// @ts-ignore: decorator
@inline
function coefficient(label: usize, place: usize): v128 {
  return v128.load32_splat(coefficientsAt + (label << 4) + (place << 2));
}

export function gradientOfHardOverlapOfThree(first: i32, bytes: usize): void {
  const isWeighted = hasWeights;
  const outside0 = coefficient(0, 1);
  const outside1 = coefficient(1, 1);
  const outside2 = coefficient(2, 1);
  const inside0 = f32x4.sub(coefficient(0, 0), coefficient(0, 2));
  const inside1 = f32x4.sub(coefficient(1, 0), coefficient(1, 2));
  const inside2 = f32x4.sub(coefficient(2, 0), coefficient(2, 2));
  const squares0 = f32x4.mul(coefficient(0, 3), splat(-2));
  const squares1 = f32x4.mul(coefficient(1, 3), splat(-2));
  const squares2 = f32x4.mul(coefficient(2, 3), splat(-2));
  const hasSquares = v128.any_true(f32x4.ne(v128.or(v128.or(squares0, squares1), squares2), splat(0)));
  let tile = predictionsAt + <usize>first * 12;
  for (let at: usize = 0; at < bytes; at += 16, tile += 48) {
    const a = v128.load(tile);
    const b = v128.load(tile, 16);
    const c = v128.load(tile, 32);
    const left0 = firstOf(a, b, c);
    const left1 = secondOf(a, b, c);
    const left2 = thirdOf(a, b, c);
    const p0 = unlabelled(left0);
    const p1 = unlabelled(left1);
    const p2 = unlabelled(left2);
    const is0 = labelled(left0);
    const is1 = labelled(left1);
    const is2 = labelled(left2);
    const q0 = f32x4.add(p1, p2);
    const q1 = f32x4.add(p0, p2);
    const q2 = f32x4.add(p0, p1);
    let d0 = v128.bitselect(inside0, outside0, is0);
    let d1 = v128.bitselect(inside1, outside1, is1);
    let d2 = v128.bitselect(inside2, outside2, is2);
    if (hasSquares) {
      d0 = f32x4.add(d0, f32x4.mul(v128.bitselect(q0, f32x4.neg(p0), is0), squares0));
      d1 = f32x4.add(d1, f32x4.mul(v128.bitselect(q1, f32x4.neg(p1), is1), squares1));
      d2 = f32x4.add(d2, f32x4.mul(v128.bitselect(q2, f32x4.neg(p2), is2), squares2));
    }
    if (isWeighted) {
      const v = v128.load(weight + at);
      d0 = f32x4.mul(d0, v);
      d1 = f32x4.mul(d1, v);
      d2 = f32x4.mul(d2, v);
    }
    const h0 = f32x4.mul(p0, d0);
    const h1 = f32x4.mul(p1, d1);
    const h2 = f32x4.mul(p2, d2);
    const s0 = f32x4.sub(f32x4.mul(h0, q0), f32x4.mul(p0, f32x4.add(h1, h2)));
    const s1 = f32x4.sub(f32x4.mul(h1, q1), f32x4.mul(p1, f32x4.add(h0, h2)));
    const s2 = f32x4.sub(f32x4.mul(h2, q2), f32x4.mul(p2, f32x4.add(h0, h1)));
    // nothing of a voxel that does not count, not even a sign of 0
    const zero = splat(0);
    put(tile, f32x4.add(s0, zero), f32x4.add(s1, zero), f32x4.add(s2, zero));
  }
}
