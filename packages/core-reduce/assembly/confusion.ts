// The soft confusion matrix, sum v g_l p_k of every pair of up to four classes, and its gradient. More classes are the host's: their
// sums would not fit.
import { activate, probabilities, throughActivation } from "./activate";
import {
  blockVoxels,
  classes,
  coefficientsAt,
  plane,
  predictionsAt,
  probability,
  slope,
  sumsAt,
  target,
  weight,
} from "./memory";
import { addTo, chunk, splat } from "./numbers";
import { join } from "./planes";
import { activation, bytesOf, none, stage } from "./stage";

/** Adds the sums of a tile: truth by class, prediction by the place in the class's sums. */
export function confusion(voxels: i32): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let label = 0; label < classes; label++) {
      const truth = target + <usize>label * plane;
      for (let k = 0; k < classes; k++) {
        const prediction = probability + <usize>k * plane;
        const sum = sumsAt + ((<usize>label) << 6) + ((<usize>k) << 4);
        for (let from: usize = 0; from < bytes; from += chunk) {
          const end = min(from + chunk, bytes);
          let products = splat(0);
          for (let at = from; at < end; at += 16) {
            const labelled = f32x4.mul(v128.load(truth + at), v128.load(weight + at));
            products = f32x4.add(products, f32x4.mul(labelled, v128.load(prediction + at)));
          }
          v128.store(sum, addTo(v128.load(sum), products));
        }
      }
    }
  }
}

/** Replaces the predictions of a tile by the gradient; the coefficients are the upstream gradients, by truth and prediction. */
export function confusionGradient(voxels: i32): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let k = 0; k < classes; k++) {
      const offset = <usize>k * plane;
      for (let at: usize = 0; at < bytes; at += 16) {
        let d = splat(0);
        for (let label = 0; label < classes; label++) {
          const upstream = v128.load32_splat(coefficientsAt + ((<usize>label) << 4) + ((<usize>k) << 2));
          d = f32x4.add(d, f32x4.mul(v128.load(target + <usize>label * plane + at), upstream));
        }
        const weighed = f32x4.mul(d, v128.load(weight + at));
        v128.store(
          slope + offset + at,
          activation == none ? weighed : f32x4.mul(v128.load(probability + offset + at), weighed),
        );
      }
    }
    throughActivation(bytes);
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}
