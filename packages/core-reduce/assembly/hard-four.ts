// Overlap of four classes behind softmax whose labels are 0 or 1: a voxel is one vector, from the tile to the sums and back in one loop.
import { allSquares, beside, besideOf, isAny, squareOf } from "./beside";
import { areAny, insideOf, outsideOf, rootsOf, slopeOfErrors, squaresInside, squaresOutside } from "./beside-slopes";
import { labelsAt, logits, predictionsAt, sumsAt, termSumsAt, weight } from "./memory";
import { chunk, ones, splat } from "./numbers";
import { exponentials } from "./exponentials";
import { labelBit, labelled, oneAsBits, unlabelled } from "./left-labels";
import { Four } from "./planes";
import { denseLabels, hasWeights, isKept, labels } from "./stage";

/** Each lane with its neighbour, and with that of the other half. */
// @ts-ignore: decorator
@inline
export function swapped(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 1, 0, 3, 2);
}

// @ts-ignore: decorator
@inline
export function turned(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 2, 3, 0, 1);
}

export function addHardOverlapOfFour<Beside>(first: i32, voxels: i32, checks: bool): void {
  const isDense = labels == denseLabels;
  const leaves = isKept;
  const kind = beside;
  const mark = i32x4.splat(labelBit);
  const classesOfLanes = isDense ? i32x4.splat(oneAsBits) : i32x4(0, 1, 2, 3);
  const block = predictionsAt + ((<usize>first) << 4);
  const bytes = (<usize>voxels) << 4;
  for (let at: usize = 0; at < bytes; at += 16) {
    let x = v128.load(block + at);
    if (checks) x = v128.and(x, f32x4.gt(v128.load32_splat(weight + (at >> 2)), splat(0)));
    const pairTop = f32x4.pmax(x, swapped(x));
    v128.store(logits + at, f32x4.sub(x, f32x4.pmax(pairTop, turned(pairTop))));
  }
  exponentials(logits, bytes);
  let label = labelsAt + ((<usize>first) << (isDense ? 4 : 2));
  const step: usize = isDense ? 16 : 4;
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let i = splat(0);
    let fp = splat(0);
    let fn = splat(0);
    let square = splat(0);
    let extra = splat(0);
    for (let at = from; at < end; at += 16) {
      const given = isDense ? v128.load(label) : v128.load32_splat(label);
      label += step;
      const isLabelled = i32x4.eq(given, classesOfLanes);
      const e = v128.load(logits + at);
      const neighbour = swapped(e);
      const pair = f32x4.add(e, neighbour);
      const others = turned(pair);
      const share = f32x4.div(ones(), f32x4.add(pair, others));
      let p = f32x4.mul(e, share);
      let q = f32x4.mul(f32x4.add(neighbour, others), share);
      if (checks) {
        const counted = f32x4.gt(v128.load32_splat(weight + (at >> 2)), splat(0));
        p = v128.and(p, counted);
        q = v128.and(q, counted);
      }
      if (leaves) v128.store(block + at, v128.or(p, v128.and(isLabelled, mark)));
      let right = v128.and(p, isLabelled);
      let missed = v128.and(q, isLabelled);
      let wrong = v128.andnot(p, isLabelled);
      const error = v128.or(missed, wrong);
      let costly = error;
      let term = isAny<Beside>() ? besideOf(kind, q, error, isLabelled) : error;
      if (checks) {
        const v = v128.load32_splat(weight + (at >> 2));
        right = f32x4.mul(right, v);
        missed = f32x4.mul(missed, v);
        wrong = f32x4.mul(wrong, v);
        costly = f32x4.mul(error, v);
        if (isAny<Beside>()) term = f32x4.mul(term, v);
      }
      i = f32x4.add(i, right);
      fp = f32x4.add(fp, wrong);
      fn = f32x4.add(fn, missed);
      square = f32x4.add(square, squareOf<Beside>(kind, f32x4.mul(error, costly), isLabelled));
      if (isAny<Beside>()) extra = f32x4.add(extra, term);
    }
    addLanes(sumsAt, i);
    addLanes(sumsAt + 16, fp);
    addLanes(sumsAt + 32, fn);
    addLanes(sumsAt + 48, allSquares<Beside>(kind, square, extra));
    if (isAny<Beside>()) {
      addLanes(termSumsAt, extra);
      addLanes(termSumsAt + 16, square);
    }
  }
}

/** Adds each lane to the sum of its class. */
// @ts-ignore: decorator
@inline
function addLanes(sum: usize, lanes: v128): void {
  const low = f64x2.promote_low_f32x4(lanes);
  const high = f64x2.promote_low_f32x4(turned(lanes));
  store<f64>(sum, load<f64>(sum) + f64x2.extract_lane(low, 0));
  store<f64>(sum + 64, load<f64>(sum + 64) + f64x2.extract_lane(low, 1));
  store<f64>(sum + 128, load<f64>(sum + 128) + f64x2.extract_lane(high, 0));
  store<f64>(sum + 192, load<f64>(sum + 192) + f64x2.extract_lane(high, 1));
}

export function gradientOfHardOverlapOfFour<Beside>(first: i32, voxels: i32): void {
  const kind = beside;
  const inside = insideOf<Four>(0);
  const outside = outsideOf<Four, Beside>(0);
  const ofInside = squaresInside<Four, Beside>(0);
  const ofOutside = squaresOutside<Four, Beside>(0);
  const roots = rootsOf<Four, Beside>(0);
  const hasErrors = areAny(isAny<Beside>() ? v128.or(v128.or(ofInside, ofOutside), roots) : ofInside);
  const isWeighted = hasWeights;
  let weightOf = weight;
  let at = predictionsAt + ((<usize>first) << 4);
  const end = at + ((<usize>voxels) << 4);
  for (; at < end; at += 16) {
    const left = v128.load(at);
    const isLabelled = labelled(left);
    const p = unlabelled(left);
    const neighbour = swapped(p);
    const q = f32x4.add(neighbour, turned(f32x4.add(p, neighbour)));
    let d = v128.bitselect(inside, outside, isLabelled);
    if (hasErrors) d = f32x4.add(d, slopeOfErrors<Beside>(kind, p, q, isLabelled, ofInside, ofOutside, roots));
    if (isWeighted) {
      d = f32x4.mul(d, v128.load32_splat(weightOf));
      weightOf += 4;
    }
    const h = f32x4.mul(p, d);
    const hNeighbour = swapped(h);
    const others = f32x4.add(hNeighbour, turned(f32x4.add(h, hNeighbour)));
    v128.store(at, f32x4.add(f32x4.sub(f32x4.mul(h, q), f32x4.mul(p, others)), splat(0)));
  }
}
