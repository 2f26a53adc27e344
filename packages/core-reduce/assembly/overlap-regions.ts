// I, FP, FN and E of each class, and beside them what each voxel has of its own class, which the host adds up region by region: how many regions
// there are, no memory here could hold. Labels are indices.
import { activate, probabilities, throughActivation } from "./activate";
import { recalledComplement, recalledProbability, remember } from "./kept";
import { unlabelled } from "./left-labels";
import {
  blockVoxels,
  classes,
  coefficientsAt,
  complement,
  fieldAt,
  keep,
  labelsAt,
  mapAt,
  plane,
  predictionsAt,
  probability,
  slope,
  target,
  weight,
} from "./memory";
import { splat } from "./numbers";
import { oddsAgainst, overlapOfOne, shareOfOne } from "./one-class";
import { addOverlap, slopesOfOverlap } from "./overlap-sums";
import { join } from "./planes";
import { activation, bytesOf, isHard, isKept, isOneSigmoid, isRecalled, none, stage, weigh } from "./stage";

/** Adds the sums of a tile, and fills its map with v p and its field with v (1 - p), 0 where a voxel is of no class. */
export function overlapRegions(voxels: i32, product: bool): void {
  if (isOneSigmoid()) {
    overlapOfOne(voxels, product);
    return takeOwnOfOne(voxels);
  }
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) addOverlap(c, bytes, product || isHard());
    takeOwn(bytes, (<usize>first) << 2);
    if (isKept) remember(first, bytes);
  }
}

/** From the planes of a block. */
function takeOwn(bytes: usize, from: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    let p = splat(0);
    let q = splat(0);
    for (let c = 0; c < classes; c++) {
      const offset = <usize>c * plane;
      const g = v128.load(target + offset + at);
      p = f32x4.add(p, f32x4.mul(g, v128.load(probability + offset + at)));
      q = f32x4.add(q, f32x4.mul(g, v128.load(complement + offset + at)));
    }
    const v = v128.load(weight + at);
    v128.store(mapAt + from + at, f32x4.mul(v, p));
    v128.store(fieldAt + from + at, f32x4.mul(v, q));
  }
}

/** One class behind a sigmoid: from what the sums have left in the tile. */
function takeOwnOfOne(voxels: i32): void {
  const one = i32x4.splat(1);
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const from = (<usize>first) << 2;
    weigh(first, count);
    for (let at: usize = 0; at < bytesOf(count); at += 16) {
      const x = unlabelled(v128.load(predictionsAt + from + at));
      const isOwn = v128.and(i32x4.eq(v128.load(labelsAt + from + at), one), v128.load(keep + at));
      const v = v128.load(weight + at);
      v128.store(mapAt + from + at, v128.and(f32x4.mul(v, recalledProbability(x)), isOwn));
      v128.store(fieldAt + from + at, v128.and(f32x4.mul(v, recalledComplement(x)), isOwn));
    }
  }
}

/** Replaces the predictions of a tile by the gradient; the map holds the upstream gradient of p in the sums of each voxel's region. */
export function overlapRegionsGradient(voxels: i32, product: bool): void {
  if (isOneSigmoid()) return gradientOfOne(voxels);
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      slopesOfOverlap(c, bytes, product);
      addOwnSlopes(c, bytes, mapAt + ((<usize>first) << 2));
    }
    throughActivation(bytes);
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}

/** v g d, through the activation v g p d. */
function addOwnSlopes(c: i32, bytes: usize, ofRegions: usize): void {
  const offset = <usize>c * plane;
  const isActivated = activation != none;
  for (let at: usize = 0; at < bytes; at += 16) {
    let own = f32x4.mul(v128.load(target + offset + at), v128.load(ofRegions + at));
    own = f32x4.mul(own, v128.load(weight + at));
    if (isActivated) own = f32x4.mul(own, v128.load(probability + offset + at));
    v128.store(slope + offset + at, f32x4.add(v128.load(slope + offset + at), own));
  }
}

/** One class behind a sigmoid: from the tile to the gradient without planes of the class. */
function gradientOfOne(voxels: i32): void {
  const recalls = isRecalled;
  const ofFalsePositives = v128.load32_splat(coefficientsAt, 4);
  const inside = f32x4.sub(v128.load32_splat(coefficientsAt), v128.load32_splat(coefficientsAt, 8));
  const ofSquares = f32x4.mul(v128.load32_splat(coefficientsAt, 12), splat(-2));
  const one = i32x4.splat(1);
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const from = (<usize>first) << 2;
    weigh(first, count);
    for (let at: usize = 0; at < bytesOf(count); at += 16) {
      const x = v128.load(predictionsAt + from + at);
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
      const isLabelled = i32x4.eq(v128.load(labelsAt + from + at), one);
      const missing = v128.bitselect(q, f32x4.neg(p), isLabelled);
      const own = f32x4.add(inside, v128.load(mapAt + from + at));
      const d = f32x4.add(v128.bitselect(own, ofFalsePositives, isLabelled), f32x4.mul(missing, ofSquares));
      const h = f32x4.mul(f32x4.mul(f32x4.mul(p, q), d), v128.load(weight + at));
      // what stands at a voxel that does not count may be infinite
      v128.store(predictionsAt + from + at, v128.and(h, v128.load(keep + at)));
    }
  }
}
