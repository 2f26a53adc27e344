import {
  type CrossEntropySums,
  distributionRules,
  numberWithin,
  overlapAndCrossEntropySums,
  readOptions,
  sharesOnePass,
} from "@lossary/core-reduce";
import type { Tensor } from "@tensorflow/tfjs-core";
import { type OnePass, type OnePassCall, problemOfBoth, readTheSame } from "./one-pass.ts";

/** A term that is an equation on sums of cross entropy. */
export interface CrossEntropyEquation {
  readonly from: (sums: CrossEntropySums, options?: object) => Tensor;
  /** The focusing exponent where none is given. */
  readonly gamma: number;
  /** Whether each channel is one class against the rest, whatever the activation. */
  readonly independent: boolean;
}

const termRules = {
  labelSmoothing: distributionRules.labelSmoothing,
  gamma: numberWithin(0, Number.POSITIVE_INFINITY, 0),
};

/** Makes the sums of overlap and of cross entropy in one pass. */
export function crossEntropyPass(
  call: OnePassCall,
  { from, gamma, independent }: CrossEntropyEquation,
): OnePass | undefined {
  const { who, overlap, options } = call;
  if (!readTheSame(call) || overlap.options.reduction === "none" || options.reduction === "none") return undefined;
  if (independent && options.multiLabel === false) return undefined;
  if (!sharesOnePass(options.fused !== false)) return undefined;
  const { problem, ofOverlap } = problemOfBoth(call);
  const { labelSmoothing = 0, gamma: exponent = gamma } = options;
  const terms = readOptions(who, { labelSmoothing, gamma: exponent }, termRules);
  const given = independent ? { ...problem, multiLabel: true } : problem;
  const sums = overlapAndCrossEntropySums(given, ofOverlap, terms);
  return {
    overlap: overlap.equation.from(sums.overlap, overlap.options),
    other: from(sums.crossEntropy, options),
  };
}
