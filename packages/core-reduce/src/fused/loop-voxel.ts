import type { VoxelArrays } from "./voxel-arrays.ts";

/** Below this, ln p of given probabilities goes on as a straight line. */
const smallestProbability = 1e-7;

/** One voxel in double precision, one number a class, refilled for each voxel. */
export interface Voxel {
  readonly probability: Float64Array;
  /** 1 - p, from the other exponentials or the negated logit. */
  readonly complement: Float64Array;
  /** -ln p, after `takeLogs`. */
  readonly minusLog: Float64Array;
  /** -ln (1 - p), after `takeLogs`. */
  readonly minusLogComplement: Float64Array;
  readonly target: Float64Array;
  /** The softmax over all classes but the largest, after `takeLogs` with softmax. */
  readonly withoutTop: Float64Array;
}

/** Reads a problem voxel by voxel. */
export interface VoxelReader {
  readonly voxel: Voxel;
  /** v of a voxel; 0 for ignored ones, of which nothing else must be read. */
  weigh(at: number): number;
  /** Fills the targets. */
  readTarget(at: number): void;
  /** Fills probabilities and complements. */
  activate(at: number): void;
  /** Fills the logarithms of the voxel that was activated last. */
  takeLogs(): void;
  /** Turns h = p dL/dp (dL/dp itself without an activation) of the voxel that was activated last into the gradient, in place. */
  throughActivation(slope: Float64Array): void;
}

/** A reader with room for one voxel. */
export function readVoxels(given: VoxelArrays): VoxelReader {
  const { classes, activation, predictions, labels, indexed, weights, ignoreLabel } = given;
  const row = () => new Float64Array(classes);
  const voxel: Voxel = {
    probability: row(),
    complement: row(),
    minusLog: row(),
    minusLogComplement: row(),
    target: row(),
    withoutTop: row(),
  };
  const x = row();
  const before = row();
  const range = Math.max(2, classes);
  return {
    voxel,
    weigh: (at) => {
      const weight = weights ? (weights[at] as number) : 1;
      if (!(weight > 0)) return 0;
      if (!labels || !indexed) return weight;
      const label = labels[at] as number;
      return label >= 0 && label < range && label !== ignoreLabel ? weight : 0;
    },
    readTarget: (at) => {
      if (!labels) return;
      for (let c = 0; c < classes; c++) {
        voxel.target[c] = indexed
          ? Number(labels[at] === (classes === 1 ? 1 : c))
          : (labels[at * classes + c] as number);
      }
    },
    activate: (at) => {
      for (let c = 0; c < classes; c++) x[c] = predictions?.[at * classes + c] as number;
      if (activation === "softmax") softmax(x, voxel);
      else if (activation === "sigmoid") sigmoid(x, voxel);
      else {
        voxel.probability.set(x);
        for (let c = 0; c < classes; c++) voxel.complement[c] = 1 - (x[c] as number);
      }
    },
    takeLogs: () => {
      if (activation === "softmax") softmaxLogs(x, voxel);
      else if (activation === "sigmoid") sigmoidLogs(x, voxel);
      else continuedLogs(voxel);
    },
    throughActivation: (slope) => {
      if (activation === "sigmoid") throughSigmoid(slope, voxel);
      if (activation === "softmax") throughSoftmax(slope, voxel, before);
    },
  };
}

function throughSigmoid(slope: Float64Array, { complement }: Voxel): void {
  for (let c = 0; c < slope.length; c++) slope[c] = (slope[c] as number) * (complement[c] as number);
}

/** h_k (1 - p_k) - p_k sum of the other classes' h: added up before and after the class, since the total minus the class would cancel. */
function throughSoftmax(slope: Float64Array, { probability, complement }: Voxel, before: Float64Array): void {
  let sum = 0;
  for (let c = 0; c < slope.length; c++) {
    before[c] = sum;
    sum += slope[c] as number;
  }
  let after = 0;
  for (let c = slope.length - 1; c >= 0; c--) {
    const h = slope[c] as number;
    slope[c] = h * (complement[c] as number) - (probability[c] as number) * ((before[c] as number) + after);
    after += h;
  }
}

/** Where the largest logit stands, the first of equals. */
function topOf(x: Float64Array): number {
  let top = 0;
  for (let c = 1; c < x.length; c++) if ((x[c] as number) > (x[top] as number)) top = c;
  return top;
}

function softmax(x: Float64Array, { probability, complement }: Voxel): void {
  const top = topOf(x);
  let rest = 0;
  for (let c = 0; c < x.length; c++) {
    const e = Math.exp((x[c] as number) - (x[top] as number));
    probability[c] = e;
    if (c !== top) rest += e;
  }
  const total = 1 + rest;
  for (let c = 0; c < x.length; c++) {
    // all but the largest are at most half of the total, from which they can be taken away without loss
    complement[c] = (c === top ? rest : total - (probability[c] as number)) / total;
    probability[c] = (probability[c] as number) / total;
  }
}

function softmaxLogs(x: Float64Array, voxel: Voxel): void {
  const { probability, complement, minusLog, minusLogComplement, withoutTop } = voxel;
  const top = topOf(x);
  let second = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < x.length; c++) if (c !== top) second = Math.max(second, x[c] as number);
  let rest = 0;
  for (let c = 0; c < x.length; c++) {
    withoutTop[c] = c === top ? 0 : Math.exp((x[c] as number) - second);
    rest += withoutTop[c] as number;
  }
  const below = second - (x[top] as number);
  const logTotal = Math.log1p(rest * Math.exp(below));
  for (let c = 0; c < x.length; c++) {
    minusLog[c] = logTotal + (x[top] as number) - (x[c] as number);
    minusLogComplement[c] =
      c === top
        ? logTotal - below - Math.log(rest)
        : Math.log1p((probability[c] as number) / (complement[c] as number));
    withoutTop[c] = (withoutTop[c] as number) / rest;
  }
}

function sigmoid(x: Float64Array, { probability, complement }: Voxel): void {
  for (let c = 0; c < x.length; c++) {
    const e = Math.exp(-Math.abs(x[c] as number));
    const [larger, smaller] = [1 / (1 + e), e / (1 + e)];
    probability[c] = (x[c] as number) >= 0 ? larger : smaller;
    complement[c] = (x[c] as number) >= 0 ? smaller : larger;
  }
}

function sigmoidLogs(x: Float64Array, { minusLog, minusLogComplement }: Voxel): void {
  for (let c = 0; c < x.length; c++) {
    const log = Math.log1p(Math.exp(-Math.abs(x[c] as number)));
    minusLog[c] = Math.max(-(x[c] as number), 0) + log;
    minusLogComplement[c] = Math.max(x[c] as number, 0) + log;
  }
}

function continuedLogs({ probability, complement, minusLog, minusLogComplement }: Voxel): void {
  for (let c = 0; c < probability.length; c++) {
    minusLog[c] = minusContinuedLog(probability[c] as number);
    minusLogComplement[c] = minusContinuedLog(complement[c] as number);
  }
}

function minusContinuedLog(p: number): number {
  const line = Math.min(p - smallestProbability, 0) / smallestProbability;
  return -(Math.log(Math.max(p, smallestProbability)) + line);
}

/** The derivative of the continued logarithm. */
export function continuedLogSlope(p: number): number {
  return 1 / Math.max(p, smallestProbability);
}
