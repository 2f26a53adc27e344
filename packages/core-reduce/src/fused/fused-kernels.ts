import type { Activation } from "../loss.ts";

/** What a tensor holds on a backend whose memory can be read. */
export type Numbers = Float32Array | Int32Array | Uint8Array;

/** What a fused kernel reads, as typed arrays. */
export interface VoxelArrays {
  readonly batch: number;
  readonly voxels: number;
  readonly classes: number;
  readonly activation: Activation;
  /** `[batch, voxels, classes]`; where only labels are read, nothing. */
  readonly predictions?: Float32Array | undefined;
  /** `[batch, voxels, classes]`, or class indices `[batch, voxels]` where `indexed`. */
  readonly labels?: Numbers | undefined;
  readonly indexed: boolean;
  /** `[batch, voxels]`. */
  readonly weights?: Numbers | undefined;
  /** The class index that is ignored, or `NaN`. */
  readonly ignoreLabel: number;
}

/** The terms of a cross entropy and of errors: coefficients `[1 or batch, classes]`, exponent, smoothing. */
export interface TermArrays {
  readonly positive: Float32Array;
  readonly negative?: Float32Array | undefined;
  readonly gamma: number;
  readonly keep: number;
  readonly spread: number;
  /** Whether the terms with logarithms are added up. */
  readonly logs: boolean;
  /** How often the errors a g' (1 - p) + b (1 - g') p are. */
  readonly errors: number;
}

/** What the sums of cross entropy are told: exponent, smoothing, whether there are terms of negatives, whether overlap is summed too. */
export interface TermSums {
  readonly gamma: number;
  readonly keep: number;
  readonly spread: number;
  readonly negatives: boolean;
  readonly overlap: "none" | "semimetric" | "product";
}

/** What stands in the place of f in the sums of squared errors. */
export type FieldChoice = "field" | "labelled" | "unlabelled";

/**
 * One implementation of all reductions on typed arrays. Every function fills its last argument: sums `[.., batch, classes]`,
 * a map `[batch, voxels]`, or a gradient as large as the predictions.
 */
export interface FusedKernels {
  /** `"simd"` for WebAssembly, `"loops"` for plain TypeScript. */
  readonly name: "simd" | "loops";
  overlapSums(given: VoxelArrays, product: boolean, sums: Float32Array): void;
  overlapSumsGradient(given: VoxelArrays, product: boolean, upstream: Float32Array, gradient: Float32Array): void;
  crossEntropy(given: VoxelArrays, terms: TermArrays, map: Float32Array): void;
  crossEntropyGradient(given: VoxelArrays, terms: TermArrays, upstream: Float32Array, gradient: Float32Array): void;
  /** Two sums a class, behind the four of overlap where these are wanted too. */
  crossEntropySums(given: VoxelArrays, terms: TermSums, sums: Float32Array): void;
  crossEntropySumsGradient(given: VoxelArrays, terms: TermSums, upstream: Float32Array, gradient: Float32Array): void;
  squaredErrorSums(given: VoxelArrays, over: FieldChoice, field: Float32Array | undefined, sums: Float32Array): void;
  squaredErrorSumsGradient(
    given: VoxelArrays,
    over: FieldChoice,
    field: Float32Array | undefined,
    upstream: Float32Array,
    gradient: Float32Array,
  ): void;
  probabilities(given: VoxelArrays, result: Float32Array): void;
  probabilitiesGradient(given: VoxelArrays, upstream: Float32Array, gradient: Float32Array): void;
  /** The soft confusion matrix, `[batch, classes, classes]`. */
  confusion(given: VoxelArrays, sums: Float32Array): void;
  confusionGradient(given: VoxelArrays, upstream: Float32Array, gradient: Float32Array): void;
  /** |p - g|, or the hinge of scores, as large as the predictions. */
  errors(given: VoxelArrays, hinge: boolean, result: Float32Array): void;
  errorsGradient(given: VoxelArrays, hinge: boolean, upstream: Float32Array, gradient: Float32Array): void;
  errorPowerSums(given: VoxelArrays, exponent: number, sums: Float32Array): void;
  errorPowerSumsGradient(given: VoxelArrays, exponent: number, upstream: Float32Array, gradient: Float32Array): void;
  trueNegatives(given: VoxelArrays, product: boolean, sums: Float32Array): void;
  trueNegativesGradient(given: VoxelArrays, product: boolean, upstream: Float32Array, gradient: Float32Array): void;
  /** The sums of the predictions themselves. */
  valueSums(given: VoxelArrays, sums: Float32Array): void;
  /** sum v of each sample. */
  weightSums(given: VoxelArrays, sums: Float32Array): void;
  /** sum v g of each sample and class. */
  labelledSums(given: VoxelArrays, sums: Float32Array): void;
}
