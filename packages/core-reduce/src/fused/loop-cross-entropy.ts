import { continuedLogSlope, readVoxels, type VoxelReader } from "./loop-voxel.ts";
import type { TermArrays, VoxelArrays } from "./voxel-arrays.ts";

/** Keeps a quotient finite where both of its sides vanish. */
const tiny = 1e-300;

/** Fills the map v sum_c [a_c g'_c (1 - p_c)^gamma (-ln p_c) + b_c (1 - g'_c) p_c^gamma (-ln (1 - p_c))], and the errors with it. */
export function crossEntropy(given: VoxelArrays, terms: TermArrays, map: Float32Array): void {
  const { batch, voxels, classes } = given;
  const { gamma, keep, spread, positive, negative, logs, errors } = terms;
  const reader = readVoxels(given);
  const { probability, complement, minusLog, minusLogComplement, target } = reader.voxel;
  for (let at = 0; at < batch * voxels; at++) {
    const weight = reader.weigh(at);
    map[at] = 0;
    if (weight === 0) continue;
    reader.readTarget(at);
    reader.activate(at);
    if (logs) reader.takeLogs();
    const row = positive.length === classes ? 0 : Math.floor(at / voxels) * classes;
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const g = (target[c] as number) * keep + spread;
      const [p, q] = [probability[c] as number, complement[c] as number];
      const ofPositive = logs ? power(q, gamma) * (minusLog[c] as number) : 0;
      sum += (positive[row + c] as number) * g * (ofPositive + errors * q);
      if (!negative) continue;
      const ofNegative = logs ? power(p, gamma) * (minusLogComplement[c] as number) : 0;
      sum += (negative[row + c] as number) * (1 - g) * (ofNegative + errors * p);
    }
    map[at] = weight * sum;
  }
}

/** Fills the gradient. */
export function crossEntropyGradient(
  given: VoxelArrays,
  terms: TermArrays,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  const { batch, voxels, classes, activation } = given;
  const { keep, spread, positive, negative, logs, errors } = terms;
  const reader = readVoxels(given);
  const { target } = reader.voxel;
  const slope = new Float64Array(classes);
  const ofPositives = new Float64Array(classes);
  const ofNegatives = new Float64Array(classes);
  const ofErrors = new Float64Array(classes);
  const { probability } = reader.voxel;
  for (let at = 0; at < batch * voxels; at++) {
    const weight = reader.weigh(at);
    if (weight === 0) {
      gradient.fill(0, at * classes, (at + 1) * classes);
      continue;
    }
    reader.readTarget(at);
    reader.activate(at);
    if (logs) reader.takeLogs();
    const row = positive.length === classes ? 0 : Math.floor(at / voxels) * classes;
    for (let c = 0; c < classes; c++) {
      const g = (target[c] as number) * keep + spread;
      ofPositives[c] = (positive[row + c] as number) * g;
      ofNegatives[c] = negative ? (negative[row + c] as number) * (1 - g) : 0;
    }
    for (let c = 0; c < classes; c++) {
      const d = errors * ((ofNegatives[c] as number) - (ofPositives[c] as number));
      ofErrors[c] = activation === "none" ? d : d * (probability[c] as number);
    }
    reader.throughActivation(ofErrors);
    slope.fill(0);
    if (logs) {
      slopesOfPositives(reader, given, terms, ofPositives, slope);
      if (activation === "softmax") reader.throughActivation(slope);
      if (negative && activation === "softmax") addSoftmaxNegatives(reader, terms, ofNegatives, slope);
      if (activation !== "softmax") addNegatives(reader, given, terms, ofNegatives, slope);
    }
    const scale = weight * (upstream[at] as number);
    for (let c = 0; c < classes; c++) {
      gradient[at * classes + c] = scale * ((slope[c] as number) + (ofErrors[c] as number));
    }
  }
}

function power(base: number, gamma: number): number {
  return gamma === 0 ? 1 : Math.max(base, 0) ** gamma;
}

/** Below it float32 has no normal numbers, and a power below 1 no slope. */
const smallestNormal = 1.2e-38;

/**
 * -p d/dp [q^gamma (-ln p)] with q = 1 - p, without the factor p where there is no activation; -ln p / q tends to 1 at p = 1. Or, without gamma, that
 * of a power of the logarithm.
 */
function focalSlope(
  p: number,
  q: number,
  minusLog: number,
  { gamma, power: exponent }: TermArrays,
  isActivated: boolean,
): number {
  const ofLog = isActivated ? 1 : continuedLogSlope(p);
  if (exponent !== 1) return minusLog > smallestNormal ? ofLog * exponent * minusLog ** (exponent - 1) : 0;
  if (gamma === 0) return ofLog;
  const ratio = (isActivated ? p : 1) * (minusLog / Math.max(q, tiny));
  return power(q, gamma) * (ofLog + gamma * ratio);
}

/** For softmax p times the slope of the positives' terms; for the others, where every class is alone, the gradient. */
function slopesOfPositives(
  { voxel: { probability, complement, minusLog } }: VoxelReader,
  { activation }: VoxelArrays,
  terms: TermArrays,
  weights: Float64Array,
  slope: Float64Array,
): void {
  const isActivated = activation !== "none";
  for (let c = 0; c < slope.length; c++) {
    const [p, q] = [probability[c] as number, complement[c] as number];
    const h = -(weights[c] as number) * focalSlope(p, q, minusLog[c] as number, terms, isActivated);
    slope[c] = activation === "sigmoid" ? h * q : h;
  }
}

function addNegatives(
  { voxel: { probability, complement, minusLogComplement } }: VoxelReader,
  { activation }: VoxelArrays,
  terms: TermArrays,
  weights: Float64Array,
  slope: Float64Array,
): void {
  const isActivated = activation !== "none";
  for (let c = 0; c < slope.length; c++) {
    const [p, q] = [probability[c] as number, complement[c] as number];
    const h = (weights[c] as number) * focalSlope(q, p, minusLogComplement[c] as number, terms, isActivated);
    slope[c] = (slope[c] as number) + (isActivated ? h * p : h);
  }
}

/** With W = b (1 - g') p^gamma: p_k W_k - sum over the other classes of W_c p_c p_k / (1 - p_c), and gamma W (-ln (1 - p)) through the softmax. */
function addSoftmaxNegatives(
  reader: VoxelReader,
  { gamma }: TermArrays,
  weights: Float64Array,
  slope: Float64Array,
): void {
  const { probability, complement, minusLogComplement, withoutTop } = reader.voxel;
  let oddsTotal = 0;
  let ofTop = 0;
  for (let c = 0; c < slope.length; c++) {
    const p = probability[c] as number;
    const weight = (weights[c] as number) * power(p, gamma);
    weights[c] = weight;
    // p_k / (1 - p_c) of the largest class is the softmax without it
    if (withoutTop[c] === 0) ofTop += weight * p;
    else oddsTotal += (weight * p) / (complement[c] as number);
  }
  for (let c = 0; c < slope.length; c++) {
    const p = probability[c] as number;
    const weight = weights[c] as number;
    const others = withoutTop[c] === 0 ? oddsTotal : oddsTotal - (weight * p) / (complement[c] as number);
    slope[c] = (slope[c] as number) + p * (weight - others) - (withoutTop[c] as number) * ofTop;
    weights[c] = gamma * weight * (minusLogComplement[c] as number);
  }
  if (gamma === 0) return;
  reader.throughActivation(weights);
  for (let c = 0; c < slope.length; c++) slope[c] = (slope[c] as number) + (weights[c] as number);
}
