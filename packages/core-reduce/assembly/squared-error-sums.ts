// The sums of v (p - g)^2 f of each class, and their gradient.
import { activate, probabilities, throughActivation } from "./activate";
import { remember } from "./kept";
import {
  blockVoxels,
  classes,
  coefficientsAt,
  complement,
  field,
  plane,
  predictionsAt,
  probability,
  slope,
  sumsAt,
  target,
  weight,
} from "./memory";
import { addTo, chunk, splat } from "./numbers";
import { shortfall } from "./overlap-sums";
import { join } from "./planes";
import { activation, bytesOf, isKept, none, stage } from "./stage";

/** Adds the sums of a tile. */
export function squaredErrorSums(voxels: i32): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      const offset = <usize>c * plane;
      const sum = sumsAt + ((<usize>c) << 6);
      for (let from: usize = 0; from < bytes; from += chunk) {
        const end = min(from + chunk, bytes);
        let errors = splat(0);
        for (let at = from; at < end; at += 16) {
          const g = v128.load(target + offset + at);
          const missing = shortfall(v128.load(probability + offset + at), v128.load(complement + offset + at), g);
          const square = f32x4.mul(f32x4.mul(missing, missing), v128.load(field + offset + at));
          errors = f32x4.add(errors, f32x4.mul(square, v128.load(weight + at)));
        }
        v128.store(sum, addTo(v128.load(sum), errors));
      }
    }
    if (isKept) remember(first, bytes);
  }
}

/** Replaces the predictions of a tile by the gradient; the coefficients are the upstream gradients of the sums. */
export function squaredErrorSumsGradient(voxels: i32): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      const offset = <usize>c * plane;
      const upstream = f32x4.mul(v128.load32_splat(coefficientsAt + ((<usize>c) << 4)), splat(-2));
      for (let at: usize = 0; at < bytes; at += 16) {
        const p = v128.load(probability + offset + at);
        const missing = shortfall(p, v128.load(complement + offset + at), v128.load(target + offset + at));
        const d = f32x4.mul(f32x4.mul(missing, v128.load(field + offset + at)), upstream);
        const weighed = f32x4.mul(d, v128.load(weight + at));
        v128.store(slope + offset + at, activation == none ? weighed : f32x4.mul(p, weighed));
      }
    }
    throughActivation(bytes);
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}
