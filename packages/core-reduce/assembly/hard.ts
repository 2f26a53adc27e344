// Overlap where every label is 0 or 1: softmax of three or four classes has loops that leave the labels with the probabilities.
import { Nothing } from "./beside";
import { addHardOverlapOfFour, gradientOfHardOverlapOfFour } from "./hard-four";
import { addHardOverlapOfThree } from "./hard-three";
import { gradientOfHardOverlapOfThree } from "./hard-three-gradient";
import { blockVoxels, classes, keep, labelsAt } from "./memory";
import { ones, splat } from "./numbers";
import { leftOverlapGradientOfOne } from "./one-class";
import { activation, bytesOf, denseLabels, hasWeights, labels, softmax, weigh } from "./stage";

/** Whether there are loops for it. */
export function hasHardLoops(): bool {
  return activation == softmax && (classes == 3 || classes == 4);
}

/** Adds the sums of a block, if its labels are hard, and leaves its probabilities with their labels. */
export function addHardBlock<Beside>(first: i32, voxels: i32): bool {
  if (labels == denseLabels && !areHard(first * classes, voxels * classes)) return false;
  const bytes = bytesOf(voxels);
  let checks = hasWeights || (voxels & 3) != 0;
  if (checks || labels != denseLabels) {
    weigh(first, voxels);
    checks = checks || !counts(bytes);
  }
  if (classes == 3) addHardOverlapOfThree<Beside>(first, bytes, checks);
  else addHardOverlapOfFour<Beside>(first, voxels, checks);
  return true;
}

/** Whether so many dense labels of a tile are 0 or 1. */
export function areHard(first: i32, count: i32): bool {
  let at = labelsAt + ((<usize>first) << 2);
  const end = at + ((<usize>count) << 2);
  let hard = i32x4.splat(-1);
  for (; at + 16 <= end; at += 16) {
    const g = v128.load(at);
    hard = v128.and(hard, v128.or(f32x4.eq(g, ones()), f32x4.eq(g, splat(0))));
  }
  for (; at < end; at += 4) {
    const g = load<f32>(at);
    if (g != 0 && g != 1) return false;
  }
  return i32x4.all_true(hard);
}

/** Whether all voxels of a block count. */
function counts(bytes: usize): bool {
  let all = i32x4.splat(-1);
  for (let at: usize = 0; at < bytes; at += 16) all = v128.and(all, v128.load(keep + at));
  return i32x4.all_true(all);
}

/** Replaces what a forward pass has left of a tile, with labels, by the gradient. */
export function leftOverlapGradient(voxels: i32): void {
  gradientOfLeft<Nothing>(voxels);
}

/** The same with what stands beside overlap. */
export function gradientOfLeft<Beside>(voxels: i32): void {
  if (classes == 1) return leftOverlapGradientOfOne<Beside>(voxels);
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    if (hasWeights) weigh(first, count);
    if (classes == 3) gradientOfHardOverlapOfThree<Beside>(first, bytesOf(count));
    else gradientOfHardOverlapOfFour<Beside>(first, count);
  }
}
