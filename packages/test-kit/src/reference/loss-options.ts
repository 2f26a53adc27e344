/** The options of single losses, under their names; what each means stands beside the loss. */
export interface LossOptions {
  /** The exponent of focal losses, of noise-robust Dice (1.5), of focal Tversky (4/3) and of the unified focal losses (0.5).
   * @defaultValue `2` */
  gamma?: number;
  /** The weight of positives of a focal loss, one for all classes or one a class; of combo loss; the exponent of a Hausdorff loss (2).
   * @defaultValue none */
  alpha?: number | readonly number[];
  /** Balanced cross entropy and combo loss (0.5): the weight of positives.
   * @defaultValue `"auto"` */
  beta?: number | "auto";
  /** Balanced cross entropy: the bounds of a weight that comes from the batch.
   * @defaultValue `[0.01, 0.99]` */
  betaRange?: readonly [number, number];
  /** Top-K: the share of voxels.
   * @defaultValue `10` */
  percent?: number;
  /** Top-K: the probability below which a voxel is hard, in place of a share.
   * @defaultValue none */
  threshold?: number;
  /** Top-K (`"batch"`) and Lovász losses (`"sample"`): among whose voxels is chosen or sorted.
   * @defaultValue that of the loss */
  per?: "batch" | "sample";
  /** Dice (`"sum"`) and noise-robust Dice (`"squares"`): what stands below.
   * @defaultValue that of the loss */
  denominator?: "sum" | "squares";
  /** Tversky: the price of false positives.
   * @defaultValue `0.3` */
  falsePositiveWeight?: number;
  /** Tversky: the price of false negatives.
   * @defaultValue `0.7` */
  falseNegativeWeight?: number;
  /** Generalised Dice (`"square"`) and, the last two, generalised Wasserstein Dice (`"foreground"`): how classes weigh.
   * @defaultValue that of the loss */
  weighting?: "square" | "simple" | "uniform" | "foreground" | "volume";
  /** Generalised Dice: the weight of a class that is absent.
   * @defaultValue `"max"` */
  absentWeight?: "max" | "zero";
  /** Sensitivity-specificity: the weight of the structure.
   * @defaultValue `0.05` */
  sensitivityWeight?: number;
  /** Poly-1: the weight of the linear term.
   * @defaultValue `1` */
  epsilon?: number;
  /** Losses of distances: how far voxels lie apart, along all axes or one an axis.
   * @defaultValue `1` */
  spacing?: number | readonly number[];
  /** Losses of distances: a map that was made before.
   * @defaultValue made from the labels */
  distanceMap?: Float64Array;
  /** Lovász softmax (`"present"`) and hinge (`"all"`): which classes count.
   * @defaultValue that of the loss */
  classes?: "present" | "all";
  /** Unified focal losses: the weight of the foreground.
   * @defaultValue `0.6` */
  delta?: number;
  /** Unified focal losses (0.5): the share of the focal term; of other compounds the weight of the focal term.
   * @defaultValue `1` */
  focalWeight?: number;
  /** clDice: steps of the soft skeleton.
   * @defaultValue `3` */
  iterations?: number;
  /** Hausdorff distance: to whose border distances are measured.
   * @defaultValue `"both"` */
  sided?: "both" | "target";
  /** Hausdorff distance: how a predicted mask is made.
   * @defaultValue `"threshold"` */
  predictionMask?: "threshold" | "argmax";
  /** Hausdorff distance: the distance in a mask without a border.
   * @defaultValue `1` */
  borderless?: number;
  /** Hausdorff by erosion: how often is eroded.
   * @defaultValue `10` */
  erosions?: number;
  /** Hausdorff by convolution: the radii of the balls.
   * @defaultValue those of the loss */
  radii?: readonly number[];
  /** Shape-aware: the weight of the distance between the contours.
   * @defaultValue `1` */
  distanceWeight?: number;
  /** Shape-aware: what a distance of 1 is.
   * @defaultValue `"spacing"` */
  distanceUnit?: "spacing" | "diagonal";
  /** Active boundary: the share of voxels that are boundary.
   * @defaultValue `0.01` */
  boundaryShare?: number;
  /** Active boundary: smoothing of the direction.
   * @defaultValue `0.2` */
  directionSmoothing?: number;
  /** Active boundary: beyond which all distances are alike.
   * @defaultValue `20` */
  maxDistance?: number;
  /** Boundary difference over union: the largest weight of the intersection.
   * @defaultValue `0.8` */
  maxAlpha?: number;
  /** Signed distance regression: the weight of the product term.
   * @defaultValue `1` */
  productWeight?: number;
  /** Exponential logarithmic: the exponent of the Dice term.
   * @defaultValue `0.3` */
  gammaDice?: number;
  /** Exponential logarithmic: the exponent of the cross-entropy term.
   * @defaultValue `0.3` */
  gammaCrossEntropy?: number;
  /** Generalised Wasserstein Dice: how wrong it is to take one class for another.
   * @defaultValue none */
  distanceMatrix?: readonly (readonly number[])[];
}
