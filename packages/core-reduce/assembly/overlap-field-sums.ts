// I, FP, FN and E of each class, and in the same pass the sum of v p f, or of v (p - g)^2 f, with a field f; and the gradient of a weighted
// sum of them.
import { activate, probabilities, throughActivation } from "./activate";
import { remember } from "./kept";
import {
  blockVoxels,
  classes,
  complement,
  field,
  plane,
  predictionsAt,
  probability,
  slope,
  target,
  termCoefficientsAt,
  termSumsAt,
  weight,
} from "./memory";
import { addTo, chunk, splat } from "./numbers";
import { addOverlap, shortfall, slopesOfOverlap } from "./overlap-sums";
import { join } from "./planes";
import { activation, bytesOf, isKept, none, stage } from "./stage";

/** Adds the sums of a tile. */
export function overlapFieldSums(voxels: i32, product: bool, squared: bool): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      addOverlap(c, bytes, product);
      addField(c, bytes, squared);
    }
    if (isKept) remember(first, bytes);
  }
}

function addField(c: i32, bytes: usize, squared: bool): void {
  const offset = <usize>c * plane;
  const sum = termSumsAt + ((<usize>c) << 6);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let part = splat(0);
    for (let at = from; at < end; at += 16) {
      let value = v128.load(probability + offset + at);
      if (squared) {
        const missing = shortfall(value, v128.load(complement + offset + at), v128.load(target + offset + at));
        value = f32x4.mul(missing, missing);
      }
      const term = f32x4.mul(value, v128.load(field + offset + at));
      part = f32x4.add(part, f32x4.mul(term, v128.load(weight + at)));
    }
    v128.store(sum, addTo(v128.load(sum), part));
  }
}

/** Replaces the predictions of a tile by the gradient; the coefficients are the upstream gradients of the sums. */
export function overlapFieldSumsGradient(voxels: i32, product: bool, squared: bool): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, probabilities);
    for (let c = 0; c < classes; c++) {
      slopesOfOverlap(c, bytes, product);
      addSlopesOfField(c, bytes, squared);
    }
    throughActivation(bytes);
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}

function addSlopesOfField(c: i32, bytes: usize, squared: bool): void {
  const offset = <usize>c * plane;
  const ofSum = v128.load32_splat(termCoefficientsAt + ((<usize>c) << 4));
  const upstream = squared ? f32x4.mul(ofSum, splat(-2)) : ofSum;
  for (let at: usize = 0; at < bytes; at += 16) {
    const p = v128.load(probability + offset + at);
    let d = f32x4.mul(upstream, v128.load(field + offset + at));
    if (squared) {
      const missing = shortfall(p, v128.load(complement + offset + at), v128.load(target + offset + at));
      d = f32x4.mul(d, missing);
    }
    d = f32x4.mul(d, v128.load(weight + at));
    const sofar = v128.load(slope + offset + at);
    v128.store(slope + offset + at, f32x4.add(sofar, activation == none ? d : f32x4.mul(p, d)));
  }
}
