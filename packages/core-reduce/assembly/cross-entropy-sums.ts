// The sums of each class, v g' (1 - p)^gamma (-ln p) and v (1 - g') p^gamma (-ln (1 - p)), without gamma the errors with
// them, and in the same pass those of overlap.
import { throughActivation } from "./activate";
import {
  activateForSlopes,
  activateForTerms,
  errorShare,
  gamma,
  hasNegatives,
  hasSoftmaxNegatives,
  isRaised,
  logPower,
  No,
  retained,
  smoothed,
  spread,
  Yes,
} from "./cross-entropy-terms";
import { addErrorsToLogs, slopesOfErrors } from "./error-terms";
import {
  blockVoxels,
  classes,
  complement,
  minusLog,
  minusLogComplement,
  plane,
  predictionsAt,
  probability,
  scale,
  slope,
  termSumsAt,
  weight,
} from "./memory";
import { addTo, chunk, ones, power, splat } from "./numbers";
import { crossEntropyGradientOfOne, crossEntropyOfOne } from "./one-class";
import { addOverlap, addHardOverlap, slopesOfHardOverlap, slopesOfOverlap } from "./overlap-sums";
import { addOwnSlopes, addOwnTerms, gradientOfOwnTerms, isOwnAlone, ownLabels } from "./own-terms";
import { addTermOfLabel, isOneOfBoth } from "./label-terms";
import { join } from "./planes";
import { remember } from "./kept";
import { addGradientOfSoftmaxNegatives } from "./softmax-negatives";
import { gradientOfTerms } from "./term-gradient";
import { slopesOfTerms } from "./term-slopes";
import { activation, bytesOf, isKept, isOneSigmoid, softmax, stage, stagePredictions } from "./stage";

// Which sums of overlap are wanted beside those of cross entropy.
export const noOverlap: i32 = 0;
export const semimetricOverlap: i32 = 1;
export const productOverlap: i32 = 2;

/** Whether both terms of one class behind a sigmoid are asked for, and nothing else. */
function isPair(overlap: i32): bool {
  const isSmoothed = retained != 1 || spread != 0;
  return overlap == noOverlap && logPower == 1 && errorShare == 0 && hasNegatives && !isSmoothed && isOneSigmoid();
}

/** Adds the sums of a tile; what is kept of those of cross entropy alone is their gradient, and beside overlap the probabilities. */
export function crossEntropySums(voxels: i32, overlap: i32): void {
  if (isPair(overlap)) return crossEntropyOfOne(voxels);
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stageTerms(first, count);
    const leavesGradient = isKept && overlap == noOverlap;
    activateForTerms(bytes, overlap != noOverlap || leavesGradient);
    if (errorShare != 0) addErrorsToLogs(bytes);
    const own = ownLabels(first, bytes);
    if (own) addOwn(own, bytes, overlap);
    else addAll(bytes, overlap);
    if (leavesGradient) {
      scaleByWeights(bytes);
      gradientOfBlock(first, bytes, overlap, own);
    } else if (isKept) remember(first, bytes);
  }
}

function addOwn(own: usize, bytes: usize, overlap: i32): void {
  for (let c = 0; overlap != noOverlap && c < classes; c++) addHardOverlap(c, bytes, own);
  addOwnTerms(own, bytes);
}

function addAll(bytes: usize, overlap: i32): void {
  for (let c = 0; c < classes; c++) {
    if (overlap != noOverlap) addOverlap(c, bytes, overlap == productOverlap);
    const offset = <usize>c * plane;
    const sums = termSumsAt + ((<usize>c) << 6);
    if (isOneOfBoth(offset, bytes)) {
      addTermOfLabel(offset, sums, bytes);
      continue;
    }
    if (!isRaised()) addTerms<Yes, No>(offset, sums, bytes);
    else addTerms<Yes, Yes>(offset, sums, bytes);
    if (!hasNegatives) continue;
    if (!isRaised()) addTerms<No, No>(offset, sums + 16, bytes);
    else addTerms<No, Yes>(offset, sums + 16, bytes);
  }
}

/** Fills the planes, without targets where labels are compared where they stand. */
export function stageTerms(first: i32, count: i32): void {
  if (isOwnAlone()) stagePredictions(first, count);
  else stage(first, count);
}

function addTerms<Positive, Focal>(offset: usize, sum: usize, bytes: usize): void {
  const exponent = gamma;
  const ofLogs = logPower;
  const ofTarget = splat(retained);
  const ofAll = splat(spread);
  const log = (offsetof<Positive>() ? minusLog : minusLogComplement) + offset;
  const base = (offsetof<Positive>() ? complement : probability) + offset;
  let total = v128.load(sum);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(from + chunk, bytes);
    let part = splat(0);
    for (let at = from; at < end; at += 16) {
      let g = smoothed(offset + at, ofTarget, ofAll);
      if (!offsetof<Positive>()) g = f32x4.sub(ones(), g);
      let minusLog = v128.load(log + at);
      if (offsetof<Focal>()) minusLog = f32x4.mul(power(minusLog, ofLogs), power(v128.load(base + at), exponent));
      const term = f32x4.mul(f32x4.mul(v128.load(weight + at), g), minusLog);
      part = f32x4.add(part, term);
    }
    total = addTo(total, part);
  }
  v128.store(sum, total);
}

/** Replaces the predictions of a tile by the gradient; the coefficients are the upstream gradients of the sums, class by class. */
export function crossEntropySumsGradient(voxels: i32, overlap: i32): void {
  if (isPair(overlap)) return crossEntropyGradientOfOne(voxels);
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stageTerms(first, count);
    activateForSlopes(bytes);
    scaleByWeights(bytes);
    gradientOfBlock(first, bytes, overlap, ownLabels(first, bytes));
  }
}

/** Lets each voxel's terms count as often as it weighs. */
export function scaleByWeights(bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(scale + at, v128.load(weight + at));
}

/**
 * Replaces the predictions of the block that begins at voxel `first`, of which the planes are filled; `scale` says how often the terms of each
 * voxel count, and `own` where its labels are, if each voxel has one term.
 */
export function gradientOfBlock(first: i32, bytes: usize, overlap: i32, own: usize): void {
  if (own) slopesOfOwn(own, bytes, overlap);
  else slopesOfAll(bytes, overlap);
  if (hasSoftmaxNegatives()) addGradientOfSoftmaxNegatives(bytes, gamma, retained, spread);
  join(slope, predictionsAt + ((<usize>(first * classes)) << 2), bytes);
}

function slopesOfOwn(own: usize, bytes: usize, overlap: i32): void {
  if (overlap == noOverlap) return gradientOfOwnTerms(own, bytes);
  for (let c = 0; c < classes; c++) slopesOfHardOverlap(c, bytes, own);
  addOwnSlopes(own, bytes);
  throughActivation(bytes);
}

function slopesOfAll(bytes: usize, overlap: i32): void {
  if (overlap == noOverlap) return gradientOfTerms(bytes);
  for (let c = 0; c < classes; c++) slopesOfOverlap(c, bytes, overlap == productOverlap);
  // with softmax both are p times a slope and go through the activation as one
  if (activation != softmax) throughActivation(bytes);
  for (let c = 0; c < classes; c++) {
    slopesOfTerms(c, bytes, true);
    if (errorShare != 0) slopesOfErrors(c, bytes);
  }
  if (activation == softmax) throughActivation(bytes);
}

/** Multiplies the predictions of a tile, a gradient that was kept, by a number. */
export function scaleKept(voxels: i32, factor: f32): void {
  const by = splat(factor);
  const end = predictionsAt + ((<usize>(voxels * classes)) << 2);
  for (let at = predictionsAt; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), by));
}
