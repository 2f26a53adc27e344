// The gradient of these sums, from the probabilities and labels that were left.
import { beside, isAny } from "./beside";
import { areAny, insideOf, outsideOf, rootsOf, slopeOfErrors, squaresInside, squaresOutside } from "./beside-slopes";
import { labelled, unlabelled } from "./left-labels";
import { predictionsAt, weight } from "./memory";
import { splat } from "./numbers";
import { One } from "./planes";
import { hasWeights } from "./stage";
import { firstOf, put, secondOf, thirdOf } from "./threes";

export function gradientOfHardOverlapOfThree<Beside>(first: i32, bytes: usize): void {
  const kind = beside;
  const isWeighted = hasWeights;
  const outside0 = outsideOf<One, Beside>(0);
  const outside1 = outsideOf<One, Beside>(16);
  const outside2 = outsideOf<One, Beside>(32);
  const inside0 = insideOf<One>(0);
  const inside1 = insideOf<One>(16);
  const inside2 = insideOf<One>(32);
  const ofInside0 = squaresInside<One, Beside>(0);
  const ofInside1 = squaresInside<One, Beside>(16);
  const ofInside2 = squaresInside<One, Beside>(32);
  const ofOutside0 = squaresOutside<One, Beside>(0);
  const ofOutside1 = squaresOutside<One, Beside>(16);
  const ofOutside2 = squaresOutside<One, Beside>(32);
  const roots0 = rootsOf<One, Beside>(0);
  const roots1 = rootsOf<One, Beside>(16);
  const roots2 = rootsOf<One, Beside>(32);
  let errors = v128.or(v128.or(ofInside0, ofInside1), ofInside2);
  if (isAny<Beside>()) {
    errors = v128.or(errors, v128.or(v128.or(ofOutside0, ofOutside1), ofOutside2));
    errors = v128.or(errors, v128.or(v128.or(roots0, roots1), roots2));
  }
  const hasErrors = areAny(errors);
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
    if (hasErrors) {
      d0 = f32x4.add(d0, slopeOfErrors<Beside>(kind, p0, q0, is0, ofInside0, ofOutside0, roots0));
      d1 = f32x4.add(d1, slopeOfErrors<Beside>(kind, p1, q1, is1, ofInside1, ofOutside1, roots1));
      d2 = f32x4.add(d2, slopeOfErrors<Beside>(kind, p2, q2, is2, ofInside2, ofOutside2, roots2));
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
