// From a tile to the planes of one block: weights, logits, targets.
import {
  classes,
  field,
  fieldAt,
  keep,
  labelsAt,
  layOut,
  logits,
  plane,
  predictionsAt,
  probability,
  target,
  weight,
  weightsAt,
} from "./memory";
import { ones, splat } from "./numbers";
import { separate } from "./planes";

// What the predictions become.
export const none: i32 = 0;
export const softmax: i32 = 1;
export const sigmoid: i32 = 2;

// What labels are. Dense labels of integers become floats in the tile.
export const noLabels: i32 = 0;
export const denseLabels: i32 = 1;
export const indexLabels: i32 = 2;

export let activation: i32 = none;
export let labels: i32 = noLabels;
export let hasWeights: bool = false;
let hasField: bool = false;
export let ignored: i32 = -1;
/** Whether a forward pass leaves its probabilities in the predictions' place, and whether predictions are such probabilities. */
export let isKept: bool = false;
export let isRecalled: bool = false;

/** Says what the tiles hold, and returns how many voxels one takes. An ignored label of -1 ignores none. */
export function describe(
  classes: i32,
  activationOfAll: i32,
  labelsOfAll: i32,
  weighted: bool,
  withField: bool,
  ignoredLabel: i32,
  kept: bool,
  recalled: bool,
): i32 {
  activation = activationOfAll;
  labels = labelsOfAll;
  hasWeights = weighted;
  hasField = withField;
  ignored = ignoredLabel;
  isKept = kept;
  isRecalled = recalled;
  return layOut(classes);
}

/** Whether the problem is one class behind a sigmoid, which has loops of its own. */
export function isOneSigmoid(): bool {
  return classes == 1 && activation == sigmoid && labels != noLabels;
}

/** Whether min(p, g) is p g and labels are indices: targets of 0 and 1, and no p outside of them. */
// @ts-ignore: decorator
@inline
export function isHard(): bool {
  return labels == indexLabels && activation != none;
}

/** Bytes that a plane of so many voxels takes, whole groups of four. */
// @ts-ignore: decorator
@inline
export function bytesOf(voxels: i32): usize {
  return (<usize>((voxels + 3) & ~3)) << 2;
}

/** Fills all planes of the block that begins at voxel `first` of the tile. */
export function stage(first: i32, voxels: i32): void {
  stagePredictions(first, voxels);
  const bytes = bytesOf(voxels);
  const offset = (<usize>(first * classes)) << 2;
  if (labels == denseLabels) separate(labelsAt + offset, target, bytes, keep);
  else if (labels == indexLabels) spread(first, bytes);
  if (hasField) separate(fieldAt + offset, field, bytes, keep);
}

/** The planes of weights and predictions alone. */
export function stagePredictions(first: i32, voxels: i32): void {
  weigh(first, voxels);
  const from = predictionsAt + ((<usize>(first * classes)) << 2);
  separate(from, activation == none || isRecalled ? probability : logits, bytesOf(voxels), keep);
}

/** The planes of targets alone. */
export function stageTargets(first: i32, voxels: i32): void {
  weigh(first, voxels);
  const bytes = bytesOf(voxels);
  if (labels == denseLabels) separate(labelsAt + ((<usize>(first * classes)) << 2), target, bytes, keep);
  else spread(first, bytes);
}

/**
 * The weight of each voxel, and the mask of those above 0: labels that are ignored or out of range weigh 0, and so do the voxels that
 * only fill up the last group of four.
 */
export function weigh(first: i32, voxels: i32): void {
  const offset = (<usize>first) << 2;
  const bytes = bytesOf(voxels);
  const range = i32x4.splat(max(2, classes));
  const left = i32x4.splat(ignored);
  const isWeighted = hasWeights;
  const isIndexed = labels == indexLabels;
  for (let at: usize = 0; at < bytes; at += 16) {
    let v = isWeighted ? v128.load(weightsAt + offset + at) : ones();
    if (isIndexed) {
      const label = v128.load(labelsAt + offset + at);
      v = v128.and(v, v128.andnot(i32x4.lt_u(label, range), i32x4.eq(label, left)));
    }
    const counts = f32x4.gt(v, splat(0));
    v128.store(weight + at, v128.and(v, counts));
    v128.store(keep + at, counts);
  }
  for (let at = (<usize>voxels) << 2; at < bytes; at += 4) {
    store<f32>(weight + at, 0);
    store<u32>(keep + at, 0);
  }
}

/** The index of a class: a single one has the labels 0 and 1. */
// @ts-ignore: decorator
@inline
export function labelOf(c: i32): i32 {
  return classes == 1 ? 1 : c;
}

/** Class indices to planes of 0 and 1. */
function spread(first: i32, bytes: usize): void {
  const from = labelsAt + ((<usize>first) << 2);
  const one = ones();
  for (let c = 0; c < classes; c++) {
    const label = i32x4.splat(labelOf(c));
    const to = target + <usize>c * plane;
    for (let at: usize = 0; at < bytes; at += 16) {
      const hit = v128.and(i32x4.eq(v128.load(from + at), label), v128.load(keep + at));
      v128.store(to + at, v128.and(hit, one));
    }
  }
}

/** Turns a tile of int32 dense labels into floats. */
export function widenIntegers(count: i32): void {
  const end = labelsAt + ((<usize>count) << 2);
  for (let at = labelsAt; at < end; at += 16) {
    v128.store(at, f32x4.convert_i32x4_s(v128.load(at)));
  }
}

/** Turns a tile of dense labels of one byte each, which the host puts so that they end where the floats will, into floats. */
export function widenBytes(count: i32): void {
  const whole = (count + 3) & ~3;
  for (let i = 0; i < whole; i += 4) {
    const four = v128.load32_zero(labelsAt + <usize>(3 * whole + i));
    const wide = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(four));
    v128.store(labelsAt + ((<usize>i) << 2), f32x4.convert_i32x4_s(wide));
  }
}
