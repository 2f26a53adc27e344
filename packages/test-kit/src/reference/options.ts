import type { LossOptions } from "./loss-options.ts";

/** The options that every loss of the library takes, in plain numbers; their meaning is that of the conventions. */
export interface SharedOptions {
  /** What turns predictions into probabilities.
   * @defaultValue `"none"` */
  activation?: "none" | "softmax" | "sigmoid";
  /** Whether channels are independent of each other.
   * @defaultValue `true` with sigmoid or one class */
  multiLabel?: boolean;
  /** What is left of the values.
   * @defaultValue `"mean"` */
  reduction?: "mean" | "sum" | "sample" | "none";
  /** One weight a class; the words are those of two losses.
   * @defaultValue all 1 */
  classWeights?: readonly number[] | "inverseFrequency" | "batch";
  /** What a class-weighted mean divides by.
   * @defaultValue `"count"` */
  normalize?: "count" | "weights";
  /** Whether class 0 takes part.
   * @defaultValue `true` */
  includeBackground?: boolean;
  /** The class index that is ignored.
   * @defaultValue none */
  ignoreLabel?: number;
  /** One weight a voxel, `[batch, ...spatial]`; 0 ignores the voxel.
   * @defaultValue all 1 */
  weights?: Float64Array;
  /** The share of a target that is spread evenly.
   * @defaultValue `0` */
  labelSmoothing?: number;
  /** What is added to both sides of a ratio.
   * @defaultValue `1e-5` */
  smooth?: number;
  /** What is added to the numerator.
   * @defaultValue `smooth` */
  smoothNumerator?: number;
  /** What is added to the denominator.
   * @defaultValue `smooth` */
  smoothDenominator?: number;
  /** Whose voxels enter one ratio.
   * @defaultValue `"sample"` */
  over?: "sample" | "batch";
  /** What a class costs that is absent from the target.
   * @defaultValue `"smooth"` */
  emptyClass?: "smooth" | "skip" | "penalize";
  /** What is common to a prediction and a soft target.
   * @defaultValue `"semimetric"` */
  intersection?: "semimetric" | "product";
}

/** Weights of the terms of compound losses, and the options of each term alone. */
export interface CompoundOptions {
  /** The weight of the Dice term.
   * @defaultValue `1` */
  diceWeight?: number;
  /** Options of the Dice term.
   * @defaultValue none */
  dice?: ReferenceOptions;
  /** The weight of the cross-entropy term.
   * @defaultValue `1` */
  crossEntropyWeight?: number;
  /** Options of the cross-entropy term.
   * @defaultValue none */
  crossEntropy?: ReferenceOptions;
  /** Options of the focal term.
   * @defaultValue none */
  focal?: ReferenceOptions;
  /** The weight of the top-K term.
   * @defaultValue `1` */
  topKWeight?: number;
  /** Options of the top-K term.
   * @defaultValue none */
  topK?: ReferenceOptions;
  /** The weight of the generalised Dice term.
   * @defaultValue `1` */
  generalizedDiceWeight?: number;
  /** Options of the generalised Dice term.
   * @defaultValue none */
  generalizedDice?: ReferenceOptions;
  /** The weight of the boundary term.
   * @defaultValue `0.01` */
  boundaryWeight?: number;
  /** Options of the boundary term.
   * @defaultValue none */
  boundary?: ReferenceOptions;
  /** The weight of the Hausdorff term.
   * @defaultValue `0.01` */
  hausdorffWeight?: number;
  /** Options of the Hausdorff term.
   * @defaultValue none */
  hausdorff?: ReferenceOptions;
}

/** Every option that a reference loss understands, under the library's names. */
export interface ReferenceOptions extends SharedOptions, LossOptions, CompoundOptions {}
