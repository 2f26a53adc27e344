// Probabilities as they are, and plain sums of weights, targets and values.
import { activate, probabilities as wantProbabilities, throughActivation } from "./activate";
import {
  blockVoxels,
  classes,
  field,
  labelsAt,
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
import {
  activation,
  bytesOf,
  hasWeights,
  ignored,
  indexLabels,
  labels,
  none,
  stage,
  stageTargets,
  weigh,
} from "./stage";

/** Replaces the predictions of a tile by the probabilities. */
export function probabilities(voxels: i32): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, wantProbabilities);
    join(probability, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}

/** Replaces the predictions of a tile by the gradient; the field is the upstream gradient of the probabilities. */
export function probabilitiesGradient(voxels: i32): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activate(bytes, wantProbabilities);
    for (let c = 0; c < classes; c++) {
      const offset = <usize>c * plane;
      for (let at = offset; at < offset + bytes; at += 16) {
        const d = v128.load(field + at);
        v128.store(slope + at, activation == none ? d : f32x4.mul(d, v128.load(probability + at)));
      }
    }
    throughActivation(bytes);
    join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
  }
}

/** Adds v of a tile. */
export function weightSum(voxels: i32): void {
  if (labels == indexLabels && !hasWeights) return addCount(voxels);
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    weigh(first, count);
    addPlane(weight, sumsAt, bytesOf(count));
  }
}

/** Adds how many indices of a tile count. */
function addCount(voxels: i32): void {
  const range = i32x4.splat(max(2, classes));
  const left = i32x4.splat(ignored);
  const end = labelsAt + ((<usize>(voxels & ~3)) << 2);
  let minusCount = i32x4.splat(0);
  let at = labelsAt;
  for (; at < end; at += 16) {
    const label = v128.load(at);
    minusCount = i32x4.add(minusCount, v128.andnot(i32x4.lt_u(label, range), i32x4.eq(label, left)));
  }
  const pairs = i32x4.add(minusCount, v128.shuffle<i32>(minusCount, minusCount, 2, 3, 0, 1));
  let count = -(i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1));
  for (; at < labelsAt + ((<usize>voxels) << 2); at += 4) {
    const label = load<i32>(at);
    if (<u32>label < <u32>max(2, classes) && label != ignored) count++;
  }
  store<f64>(sumsAt, load<f64>(sumsAt) + <f64>count);
}

/** Adds v g of each class of a tile. */
export function labelledSums(voxels: i32): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stageTargets(first, count);
    for (let c = 0; c < classes; c++) {
      const from = target + <usize>c * plane;
      for (let at: usize = 0; at < bytes; at += 16) {
        v128.store(from + at, f32x4.mul(v128.load(from + at), v128.load(weight + at)));
      }
      addPlane(from, sumsAt + ((<usize>c) << 6), bytes);
    }
  }
}

/** Adds the values of each class of a tile. */
export function valueSums(voxels: i32): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    stage(first, count);
    for (let c = 0; c < classes; c++) {
      addPlane(probability + <usize>c * plane, sumsAt + ((<usize>c) << 6), bytesOf(count));
    }
  }
}

function addPlane(values: usize, sum: usize, bytes: usize): void {
  let total = v128.load(sum);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let part = splat(0);
    for (let at = from; at < end; at += 16) part = f32x4.add(part, v128.load(values + at));
    total = addTo(total, part);
  }
  v128.store(sum, total);
}
