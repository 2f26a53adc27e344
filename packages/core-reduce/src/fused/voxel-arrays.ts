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
  /** Where the second result of a kernel that has one goes, `[batch, voxels]`. */
  readonly map?: Float32Array | undefined;
  /** Where a forward pass leaves what spares its backward pass the activation, as large as the predictions. */
  readonly leaving?: Float32Array | undefined;
  /** Whether the tiles of a forward pass are left holding that, for the host to read. */
  readonly keeps?: boolean | undefined;
  /** What the forward pass has left; the gradient takes its place. */
  readonly left?: Float32Array | undefined;
  /** Whether that holds the labels too. */
  readonly isLabelled?: boolean;
}

/** The terms of a cross entropy and of errors: coefficients `[1 or batch, classes]`, exponent, smoothing. */
export interface TermArrays {
  readonly positive: Float32Array;
  readonly negative?: Float32Array | undefined;
  readonly gamma: number;
  /** The power of the logarithms. */
  readonly power: number;
  readonly keep: number;
  readonly spread: number;
  /** Whether the terms with logarithms are added up. */
  readonly logs: boolean;
  /** How often the errors a g' (1 - p) + b (1 - g') p are. */
  readonly errors: number;
}

/** What the sums of cross entropy are told: exponents, smoothing, whether there are terms of negatives, whether overlap is summed too. */
export interface TermSums {
  readonly gamma: number;
  readonly power: number;
  readonly keep: number;
  readonly spread: number;
  readonly negatives: boolean;
  /** How often the errors g' (1 - p) and (1 - g') p are added; goes with a gamma of 0 and a power of 1. */
  readonly errors: number;
  readonly overlap: "none" | "semimetric" | "product";
}

/** What a field multiplies: p, or (p - g)^2. */
export type Fielded = "probability" | "squaredError";

/** What is summed beside overlap: the true negatives, the squared errors on either side of the truth, or a power of the errors. */
export type Beside = "powers" | "sides" | "trueNegatives";

/** How overlap and what is beside it are summed. */
export interface BesideArrays {
  /** Whether p g takes the place of min(p, g). */
  readonly product: boolean;
  readonly beside: Beside;
  /** That of the powers. */
  readonly exponent: number;
}
