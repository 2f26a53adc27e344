// How wrong each voxel is in each class.
import { activate, probabilities, throughActivation } from "./activate";
import {
  blockVoxels,
  classes,
  complement,
  field,
  keep,
  plane,
  predictionsAt,
  probability,
  slope,
  target,
  weight,
} from "./memory";
import { ones, splat } from "./numbers";
import { shortfall } from "./overlap-sums";
import { join } from "./planes";
import { activation, bytesOf, none, stage } from "./stage";

/** Replaces the predictions of a tile by |p - g|, or by the hinge max(0, 1 - (2g - 1) x) of scores; 0 where a voxel is ignored. */
export function errors(voxels: i32, hinge: bool): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      const offset = <usize>c * plane;
      for (let at: usize = 0; at < bytes; at += 16) {
        const p = v128.load(probability + offset + at);
        const g = v128.load(target + offset + at);
        const error = hinge
          ? f32x4.pmax(splat(0), margin(p, g))
          : f32x4.abs(shortfall(p, v128.load(complement + offset + at), g));
        v128.store(slope + offset + at, v128.and(error, v128.load(keep + at)));
      }
    }
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}

/** Replaces the predictions of a tile by the gradient; the field is the upstream gradient of the errors. */
export function errorsGradient(voxels: i32, hinge: bool): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      const offset = <usize>c * plane;
      for (let at: usize = 0; at < bytes; at += 16) {
        const p = v128.load(probability + offset + at);
        const g = v128.load(target + offset + at);
        let d = v128.load(field + offset + at);
        if (hinge) {
          const isWrong = f32x4.gt(margin(p, g), splat(0));
          d = v128.and(f32x4.mul(d, f32x4.sub(ones(), f32x4.add(g, g))), isWrong);
        } else {
          d = f32x4.mul(d, sideOf(shortfall(p, v128.load(complement + offset + at), g), g));
          if (activation != none) d = f32x4.mul(d, p);
        }
        v128.store(slope + offset + at, v128.and(d, v128.load(keep + at)));
      }
    }
    throughActivation(bytes);
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}

/** 1 - (2g - 1) x */
// @ts-ignore: decorator
@inline
function margin(x: v128, g: v128): v128 {
  return f32x4.add(ones(), f32x4.mul(f32x4.sub(ones(), f32x4.add(g, g)), x));
}

/** The derivative of |p - g|: the sign of p - g, and 1 - 2g at p = g, the limit that a hard target has. */
// @ts-ignore: decorator
@inline
export function sideOf(missing: v128, g: v128): v128 {
  const below = f32x4.gt(missing, splat(0));
  const isLevel = f32x4.eq(missing, splat(0));
  const side = v128.bitselect(splat(-1), ones(), below);
  return v128.bitselect(f32x4.sub(ones(), f32x4.add(g, g)), side, isLevel);
}
