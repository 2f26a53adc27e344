// The sums of v min(1 - p, 1 - g), or of v (1 - p) (1 - g), of each class, and their gradient.
import { activate, probabilities, throughActivation } from "./activate";
import {
  blockVoxels,
  classes,
  coefficientsAt,
  complement,
  plane,
  predictionsAt,
  probability,
  slope,
  sumsAt,
  target,
  weight,
} from "./memory";
import { addTo, ones, splat } from "./numbers";
import { shortfall } from "./overlap-sums";
import { join } from "./planes";
import { activation, bytesOf, none, stage } from "./stage";

const chunk: usize = 256;

/** Adds the sums of a tile. */
export function trueNegatives(voxels: i32, product: bool): void {
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
        let negatives = splat(0);
        for (let at = from; at < end; at += 16) {
          const q = v128.load(complement + offset + at);
          const unlabelled = f32x4.sub(ones(), v128.load(target + offset + at));
          const term = product ? f32x4.mul(q, unlabelled) : f32x4.pmin(q, unlabelled);
          negatives = f32x4.add(negatives, f32x4.mul(term, v128.load(weight + at)));
        }
        v128.store(sum, addTo(v128.load(sum), negatives));
      }
    }
  }
}

/** Replaces the predictions of a tile by the gradient: -(1 - g), or -1 where p is above g, with 1 - g where they are equal. */
export function trueNegativesGradient(voxels: i32, product: bool): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      const offset = <usize>c * plane;
      const upstream = f32x4.neg(v128.load32_splat(coefficientsAt + ((<usize>c) << 4)));
      for (let at: usize = 0; at < bytes; at += 16) {
        const p = v128.load(probability + offset + at);
        const g = v128.load(target + offset + at);
        let inside = f32x4.sub(ones(), g);
        if (!product) {
          const missing = shortfall(p, v128.load(complement + offset + at), g);
          const above = f32x4.lt(missing, splat(0));
          const below = f32x4.gt(missing, splat(0));
          inside = v128.andnot(v128.bitselect(ones(), inside, above), below);
        }
        const d = f32x4.mul(f32x4.mul(inside, upstream), v128.load(weight + at));
        v128.store(slope + offset + at, activation == none ? d : f32x4.mul(p, d));
      }
    }
    throughActivation(bytes);
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}
