import {
  type Overlap,
  type Problem,
  prepare,
  type RatioOptions,
  readOptions,
  type SharedOptions,
  sharedRules,
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

/** How a term is made in one pass over the voxels with a term of overlap. */
export interface PassWithOverlap {
  /** The names under which equations on sums speak, where they do, and the losses for which they do. */
  readonly speakers?: Readonly<Record<string, string>>;
  /**
   * The values of both terms; nothing where they do not read the same, and each term makes its own pass. What cannot be honoured is left to the
   * terms as well, which refuse it in their own names.
   */
  readonly run: (call: OnePassCall) => OnePass | undefined;
}

/** What such a pass is given. */
export interface OnePassCall {
  readonly who: string;
  readonly labels: Tensor;
  readonly predictions: Tensor;
  /** The term of overlap. */
  readonly overlap: { readonly equation: OverlapEquation; readonly options: TermRecord };
  /** The options of the other one. */
  readonly options: TermRecord;
}

/** Options of a term by their names, not yet checked. */
export type TermRecord = Readonly<Record<string, unknown>>;

/** The values of both terms. */
export interface OnePass {
  readonly overlap: Tensor;
  readonly other: Tensor;
}

/** The options that say what a pass over the voxels reads, and what it makes of it. */
const ofPass = ["activation", "multiLabel", "ignoreLabel", "weights", "fused"] as const;

/** Whether both terms read the same. */
export function readTheSame({ overlap, options }: OnePassCall): boolean {
  return ofPass.every((name) => overlap.options[name] === options[name]);
}

/** The problem of both terms, and with what the sums of overlap are made. */
export function problemOfBoth({ who, labels, predictions, overlap, options }: OnePassCall): {
  readonly problem: Problem;
  readonly ofOverlap: Required<Pick<RatioOptions, "includeBackground" | "intersection">>;
} {
  // the weights of classes are checked here alone where no equation on sums of classes does
  const read = Object.fromEntries([...ofPass, "classWeights"].map((name) => [name, options[name]])) as SharedOptions;
  const includeBackground = overlap.options.includeBackground !== false;
  const isAll = includeBackground && options.includeBackground !== false;
  const settled = readOptions(who, { ...read, includeBackground: isAll }, sharedRules);
  return {
    problem: prepare(who, labels, predictions, settled),
    ofOverlap: { intersection: overlap.equation.intersection(overlap.options), includeBackground },
  };
}
