import {
  type CrossEntropySums,
  distributionRules,
  numberWithin,
  type Overlap,
  overlapAndCrossEntropySums,
  prepare,
  readOptions,
  type SharedOptions,
  sharedRules,
  sharesOnePass,
} from "@lossary/core-reduce";
import type { Tensor } from "@tensorflow/tfjs-core";

/** A term that is an equation on overlap sums. */
export interface OverlapEquation {
  /** The name of the loss. */
  readonly loss: string;
  /** The name of the equation, which its errors carry. */
  readonly name: string;
  readonly from: (sums: Overlap, options?: object) => Tensor;
  /** With which intersection the sums must be made. */
  readonly intersection: (options: TermRecord) => "semimetric" | "product";
}

/** A term that is an equation on sums of cross entropy. */
export interface CrossEntropyEquation {
  readonly loss: string;
  readonly name: string;
  readonly from: (sums: CrossEntropySums, options?: object) => Tensor;
  /** The focusing exponent where none is given. */
  readonly gamma: number;
  /** Whether each channel is one class against the rest, whatever the activation. */
  readonly independent: boolean;
}

/** Options of a term by their names, not yet checked. */
export type TermRecord = Readonly<Record<string, unknown>>;

/** The values of both terms. */
export interface OnePass {
  readonly overlap: Tensor;
  readonly crossEntropy: Tensor;
}

/** The options that say what a pass over the voxels reads, and what it makes of it. */
const ofPass = ["activation", "multiLabel", "ignoreLabel", "weights", "fused"] as const;

const termRules = {
  labelSmoothing: distributionRules.labelSmoothing,
  gamma: numberWithin(0, Number.POSITIVE_INFINITY, 0),
};

/**
 * A term of overlap and a term of cross entropy from one pass over the voxels, where both read the same; else nothing, and each term
 * makes its own. What cannot be honoured is left to the terms as well, which refuse it in their own names.
 */
export function inOnePass(
  who: string,
  labels: Tensor,
  predictions: Tensor,
  overlap: { readonly equation: OverlapEquation; readonly options: TermRecord },
  crossEntropy: { readonly equation: CrossEntropyEquation; readonly options: TermRecord },
): OnePass | undefined {
  const [ofOverlap, ofTerms] = [overlap.options, crossEntropy.options];
  const { independent, gamma } = crossEntropy.equation;
  if (ofPass.some((name) => ofOverlap[name] !== ofTerms[name])) return undefined;
  if (ofOverlap.reduction === "none" || ofTerms.reduction === "none") return undefined;
  if (independent && ofTerms.multiLabel === false) return undefined;
  if (!sharesOnePass(ofTerms.fused !== false)) return undefined;
  const read = Object.fromEntries(ofPass.map((name) => [name, ofTerms[name]])) as SharedOptions;
  const [backgroundOfOverlap, background] = [ofOverlap, ofTerms].map((options) => options.includeBackground !== false);
  const settled = readOptions(who, { ...read, includeBackground: backgroundOfOverlap && background }, sharedRules);
  const { labelSmoothing = 0, gamma: exponent = gamma } = ofTerms;
  const terms = readOptions(who, { labelSmoothing, gamma: exponent }, termRules);
  const given = prepare(who, labels, predictions, settled);
  const problem = independent ? { ...given, multiLabel: true } : given;
  const ofSums = {
    intersection: overlap.equation.intersection(ofOverlap),
    includeBackground: backgroundOfOverlap as boolean,
  };
  const sums = overlapAndCrossEntropySums(problem, ofSums, terms);
  return {
    overlap: overlap.equation.from(sums.overlap, ofOverlap),
    crossEntropy: crossEntropy.equation.from(sums.crossEntropy, ofTerms),
  };
}
