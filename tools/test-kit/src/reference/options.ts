/** The options that every loss of the library takes, in plain numbers. */
export interface SharedOptions {
  activation?: "none" | "softmax" | "sigmoid";
  multiLabel?: boolean;
  reduction?: "mean" | "sum" | "sample" | "none";
  classWeights?: readonly number[] | "inverseFrequency" | "batch";
  normalize?: "count" | "weights";
  includeBackground?: boolean;
  ignoreLabel?: number;
  /** One weight a voxel, `[batch, ...spatial]`; 0 ignores the voxel. */
  weights?: Float64Array;
  labelSmoothing?: number;
  smooth?: number;
  smoothNumerator?: number;
  smoothDenominator?: number;
  over?: "sample" | "batch";
  emptyClass?: "smooth" | "skip" | "penalize";
  intersection?: "semimetric" | "product";
}

/** The options of single losses. */
export interface LossOptions {
  /** Focal losses. */
  gamma?: number;
  alpha?: number | readonly number[];
  /** Balanced cross entropy. */
  beta?: number | "auto";
  betaRange?: readonly [number, number];
  /** Top-K. */
  percent?: number;
  threshold?: number;
  per?: "batch" | "sample";
  /** Dice. */
  denominator?: "sum" | "squares";
  /** Tversky. */
  falsePositiveWeight?: number;
  falseNegativeWeight?: number;
  /** Generalised Dice; the last two for generalised Wasserstein Dice. */
  weighting?: "square" | "simple" | "uniform" | "foreground" | "volume";
  absentWeight?: "max" | "zero";
  /** Sensitivity-specificity. */
  sensitivityWeight?: number;
  /** Poly-1. */
  epsilon?: number;
  /** Maps: spacing of the spatial axes, and a map made before. */
  spacing?: number | readonly number[];
  distanceMap?: Float64Array;
  /** Lovasz losses. */
  classes?: "present" | "all";
  /** Unified focal losses; the weight also of the focal term of a compound. */
  delta?: number;
  focalWeight?: number;
  /** clDice. */
  iterations?: number;
  /** Hausdorff losses. */
  sided?: "both" | "target";
  predictionMask?: "threshold" | "argmax";
  borderless?: number;
  erosions?: number;
  radii?: readonly number[];
  /** Shape-aware. */
  distanceWeight?: number;
  distanceUnit?: "spacing" | "diagonal";
  /** Active boundary. */
  boundaryShare?: number;
  directionSmoothing?: number;
  maxDistance?: number;
  /** Boundary difference over union. */
  maxAlpha?: number;
  /** Signed distance regression. */
  productWeight?: number;
  /** Exponential logarithmic. */
  gammaDice?: number;
  gammaCrossEntropy?: number;
  /** Generalised Wasserstein Dice. */
  distanceMatrix?: readonly (readonly number[])[];
}

/** Weights of the terms of compound losses, and the options of each term alone. */
export interface CompoundOptions {
  diceWeight?: number;
  dice?: ReferenceOptions;
  crossEntropyWeight?: number;
  crossEntropy?: ReferenceOptions;
  focal?: ReferenceOptions;
  topKWeight?: number;
  topK?: ReferenceOptions;
  generalizedDiceWeight?: number;
  generalizedDice?: ReferenceOptions;
  boundaryWeight?: number;
  boundary?: ReferenceOptions;
  hausdorffWeight?: number;
  hausdorff?: ReferenceOptions;
}

/** Every option that a reference loss understands, under the library's names. */
export interface ReferenceOptions extends SharedOptions, LossOptions, CompoundOptions {}
