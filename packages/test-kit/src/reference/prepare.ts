import type { ReferenceInput } from "./input.ts";
import { logSumExp, softplus, tangentLog } from "./log-space.ts";
import type { ReferenceOptions } from "./options.ts";

/** Probabilities of one element in the four forms that the formulas use, each computed without cancellation. */
export interface Probabilities {
  /** p */
  readonly p: Float64Array;
  /** 1 - p */
  readonly complement: Float64Array;
  /** ln p */
  readonly logP: Float64Array;
  /** ln(1 - p) */
  readonly logComplement: Float64Array;
}

/** An input after activation, targets and voxel weights: what every formula reads. */
export interface Prepared extends Probabilities {
  /** How many samples there are. */
  readonly batch: number;
  /** The spatial axes. */
  readonly spatial: readonly number[];
  /** Voxels of one sample. */
  readonly voxels: number;
  /** How many classes there are, background included. */
  readonly classes: number;
  /** The first class that takes part: 1 when the background is left out. */
  readonly firstClass: number;
  /** Whether the channels exclude each other. */
  readonly exclusive: boolean;
  /** Targets g, one an element. */
  readonly g: Float64Array;
  /** Voxel weights v, one a voxel; 0 where ignored. */
  readonly v: Float64Array;
  /** Class weights q, one a class. */
  readonly q: readonly number[];
  /** The options of the call. */
  readonly options: ReferenceOptions;
}

function product(sides: readonly number[]): number {
  return sides.reduce((size, side) => size * side, 1);
}

/** The activated predictions, in log space where there are logits. */
export function activate(predictions: Float64Array, classes: number, activation = "none"): Probabilities {
  const size = predictions.length;
  const logP = new Float64Array(size);
  const logComplement = new Float64Array(size);
  const p = new Float64Array(size);
  const complement = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const x = predictions[k] as number;
    const start = k - (k % classes);
    if (activation === "softmax") {
      // a class against all others: x less the logarithm of the total would be 0 where p is nearly 1
      const others = logSumExp(predictions, start, start + classes, k);
      logP[k] = -softplus(others - x);
      logComplement[k] = -softplus(x - others);
    } else if (activation === "sigmoid") {
      logP[k] = -softplus(-x);
      logComplement[k] = -softplus(x);
    } else {
      logP[k] = tangentLog(x);
      logComplement[k] = tangentLog(1 - x);
    }
    p[k] = activation === "none" ? x : Math.exp(logP[k] as number);
    complement[k] = activation === "none" ? 1 - x : Math.exp(logComplement[k] as number);
  }
  return { p, complement, logP, logComplement };
}

/**
 * Activation, targets, voxel weights and class weights of an input. Everything later reads only this.
 *
 * @param input - see {@link ReferenceInput}
 * @param predictions - those of the input, or detached ones in their place
 * @returns see {@link Prepared}
 *
 * @example
 * ```ts
 * import { prepare } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 * };
 * console.log(prepare(input).g.join(" ")); // 1 0 1 1
 * ```
 */
export function prepare(input: ReferenceInput, predictions = input.predictions): Prepared {
  const options = input.options ?? {};
  const batch = input.shape[0] as number;
  const classes = input.shape.at(-1) as number;
  const spatial = input.shape.slice(1, -1);
  const voxels = product(spatial);
  if (predictions.length !== batch * voxels * classes) {
    throw new Error(`reference: ${predictions.length} predictions do not fill the shape [${input.shape.join(", ")}]`);
  }
  const activation = options.activation ?? "none";
  const multiLabel = options.multiLabel ?? (activation === "sigmoid" || classes === 1);
  const { g, v } = targets(input, batch * voxels, classes);
  options.weights?.forEach((weight, i) => {
    v[i] = (v[i] as number) * weight;
  });
  const q = typeof options.classWeights === "object" ? options.classWeights : new Array<number>(classes).fill(1);
  if (q.length !== classes) throw new Error(`reference: ${q.length} class weights for ${classes} classes`);
  return {
    ...activate(predictions, classes, activation),
    ...{ batch, spatial, voxels, classes, g, v, q, options },
    firstClass: options.includeBackground === false ? 1 : 0,
    exclusive: !multiLabel,
  };
}

function targets(input: ReferenceInput, voxels: number, classes: number) {
  const v = new Float64Array(voxels).fill(1);
  const { labels } = input;
  if (labels.length === voxels * classes && !(labels instanceof Int32Array && classes === 1)) {
    return { g: new Float64Array(labels), v };
  }
  if (labels.length !== voxels || !(labels instanceof Int32Array)) {
    throw new Error(`reference: ${labels.length} labels for ${voxels} voxels of ${classes} classes`);
  }
  const g = new Float64Array(voxels * classes);
  const known = Math.max(classes, 2);
  labels.forEach((label, i) => {
    if (label === input.options?.ignoreLabel || label < 0 || label >= known) v[i] = 0;
    else if (classes === 1) g[i] = label;
    else g[i * classes + label] = 1;
  });
  return { g, v };
}

/**
 * The smoothed targets of a distribution loss, $g (1 - e) + e / C$ of exclusive classes and $g (1 - e) + e / 2$ of channels, e being
 * `labelSmoothing`; the unsmoothed ones stay in `prepared.g`.
 *
 * @param prepared - the input
 * @returns one number an element
 *
 * @example
 * ```ts
 * import { prepare, smoothTargets } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 *   options: { labelSmoothing: 0.2 },
 * };
 * console.log(...smoothTargets(prepare(input))); // 0.9 0.1 0.9 0.9
 * ```
 */
export function smoothTargets(prepared: Prepared): Float64Array {
  const amount = prepared.options.labelSmoothing ?? 0;
  const share = prepared.exclusive ? prepared.classes : 2;
  return prepared.g.map((g) => g * (1 - amount) + amount / share);
}
