import type { Tensor } from "@tensorflow/tfjs-core";

/**
 * A segmentation loss: the truth first, the prediction second, everything else by name.
 *
 * The order is that of a `yTrue, yPred` loss in tfjs-layers, so a loss goes straight into `model.compile({ loss })`.
 */
export type Loss<Options extends object = SharedOptions> = (
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
) => Tensor;

/** What turns the predictions into probabilities; `"none"` says that they are probabilities already. */
export type Activation = "none" | "softmax" | "sigmoid";

/** What is returned: one number (`"mean"`, `"sum"`), one a sample, or everything unreduced. */
export type Reduction = "mean" | "sum" | "sample" | "none";

/** What the weighted mean divides by: the plain count, or the sum of the class weights that took part. */
export type Normalize = "count" | "weights";

/** The options that every loss takes, with one meaning everywhere. */
export interface SharedOptions {
  /**
   * How predictions become probabilities. With `"softmax"` and `"sigmoid"` everything is computed from the logits in log space.
   * @defaultValue `"none"`
   */
  activation?: Activation;
  /**
   * Whether channels are independent of each other (a voxel may belong to several) instead of exclusive.
   * @defaultValue `true` with sigmoid or with one class, else `false`
   */
  multiLabel?: boolean;
  /**
   * What is returned. Region and boundary losses: mean over samples of the class mean, sum, `[batch]`, `[batch, classes]`.
   * Distribution losses: mean over valid voxels, sum over voxels, `[batch]`, `[batch, ...spatial]`.
   * @defaultValue `"mean"`
   */
  reduction?: Reduction;
  /**
   * One non-negative factor a class, background included, whatever `includeBackground` says.
   * @defaultValue every class weighs 1
   */
  classWeights?: readonly number[];
  /**
   * What a class-weighted mean divides by.
   * @defaultValue `"count"`
   */
  normalize?: Normalize;
  /**
   * Whether class 0 takes part. It is dropped after the activation, so the other probabilities stay as they are.
   * @defaultValue `true`
   */
  includeBackground?: boolean;
  /**
   * The class index whose voxels have no influence at all; integer targets only.
   * @defaultValue every label counts
   */
  ignoreLabel?: number;
  /**
   * One non-negative weight a voxel, `[batch, ...spatial]`; 0 ignores the voxel.
   * @defaultValue every voxel weighs 1
   */
  weights?: Tensor;
  /**
   * Whether fused kernels may run; `false` selects the portable ones, through which higher-order gradients work.
   * @defaultValue `true`
   */
  fused?: boolean;
}

/** The options of every loss that is a ratio of overlap sums. */
export interface RatioOptions extends SharedOptions {
  /**
   * Sets `smoothNumerator` and `smoothDenominator` together.
   * @defaultValue `1e-5`
   */
  smooth?: number;
  /**
   * Added to the numerator of the ratio.
   * @defaultValue `smooth`
   */
  smoothNumerator?: number;
  /**
   * Added to the denominator of the ratio.
   * @defaultValue `smooth`
   */
  smoothDenominator?: number;
  /**
   * Whose voxels enter one ratio: those of a sample, or of the whole batch.
   * @defaultValue `"sample"`
   */
  over?: "sample" | "batch";
  /**
   * What a class that is absent from the target costs: the formula as it stands, nothing (the mean is over present classes),
   * or the mean probability that it was given.
   * @defaultValue `"smooth"`
   */
  emptyClass?: "smooth" | "skip" | "penalize";
  /**
   * How soft targets intersect: `"semimetric"` is min(p, g), which makes `loss(g, g)` zero; `"product"` is the classical p g. Equal for hard targets.
   * @defaultValue `"semimetric"`
   */
  intersection?: "semimetric" | "product";
}

/** The options of every loss that is a mean over voxels of a cross-entropy term. */
export interface DistributionOptions extends SharedOptions {
  /**
   * Share of the target that is spread evenly: g (1 - e) + e / classes (exclusive) or + e / 2 (multi-label). Hard targets only.
   * @defaultValue `0`
   */
  labelSmoothing?: number;
}
