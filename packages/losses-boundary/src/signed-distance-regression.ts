import {
  holdsVoxels,
  numberWithin,
  oneMinusRatio,
  oneOf,
  overlapSums,
  prepare,
  ratioRules,
  readOptions,
  reduceClasses,
  safeDivide,
  smoothing,
  weightsOf,
  withoutBackground,
} from "@lossary/core-reduce";
import { add, mul, type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";
import { absoluteErrorSums } from "./absolute-error-sums.ts";
import { type DistanceLossOptions, distanceRules, refuseSpacingBesideMap } from "./class-field.ts";
import { normalizedField } from "./normalized-field.ts";

/**
 * The options of {@link signedDistanceRegressionLoss}. Predictions are taken as they come, so the only `activation` is `"none"`. `distanceMap` is t,
 * normalised already.
 */
export interface SignedDistanceRegressionLossOptions extends Omit<DistanceLossOptions, "activation"> {
  /**
   * The only one: a map is no probability.
   * @defaultValue `"none"`
   */
  activation?: "none";
  /**
   * w, what the product term weighs beside the mean absolute error.
   * @defaultValue `1`
   */
  productWeight?: number;
  /**
   * Sets `smoothNumerator` and `smoothDenominator` together.
   * @defaultValue `1e-5`
   */
  smooth?: number;
  /**
   * Added to the numerator of the product term.
   * @defaultValue `smooth`
   */
  smoothNumerator?: number;
  /**
   * Added to the denominator of the product term, three times.
   * @defaultValue `smooth`
   */
  smoothDenominator?: number;
}

const { smooth, smoothNumerator, smoothDenominator } = ratioRules;

const regressionRules = {
  ...distanceRules,
  activation: oneOf("none"),
  productWeight: numberWithin(0, Number.POSITIVE_INFINITY, 1),
  smooth,
  smoothNumerator,
  smoothDenominator,
};

/**
 * Signed distance regression: compares a predicted signed distance map with that of the labels. Often called shape-aware; the model's last
 * activation is tanh, and its segmentation is where the map is negative.
 *
 * ```math
 * L_{nc} = \frac{\sum_i v_i |y_i - t_i|}{\sum_i v_i} + w \left( \frac13 - \frac{\sum_i v_i y_i t_i + s_N}{\sum_i v_i (y_i t_i + y_i^2 + t_i^2) + 3 s_D} \right)
 * ```
 *
 * t is the signed distance of {@link boundaryLoss}, negative inside, either side divided by its extreme: the mask 0 0 1 1 1 0 0 has
 * t = 1 0.5 0 -1 0 0.5 1. An absent class has t = 1, one that fills its sample t = -1. Distances are relative, so only the ratio of the
 * `spacing` of the axes matters. t is constant for every gradient.
 *
 * Range [0, 2 + 4/3 w] for predictions in [-1, 1] with equal smoothing constants; 0 exactly where y = t.
 *
 * Differs from: the paper and SegWithDistMap, which are lower by w/3 and so negative at their best; SegWithDistMap's map, which divides before it
 * sets the border to 0, and leaves absent classes at 0, on their border as it were.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`; read back unless `distanceMap` is given or a graphics processor measures
 * @param predictions - `[batch, ...spatial, classes]`, float32: signed distance maps
 * @param options - see {@link SignedDistanceRegressionLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for `spacing` beside `distanceMap`, without a spatial axis to measure on, on a backend that cannot read labels back at once,
 * and for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { signedDistanceRegressionLoss } from "@lossary/losses-boundary";
 * import { tensor, zeros } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const map = tensor([1, 0.5, 0, -1, 0, 0.5, 1], [1, 7, 1]);
 * signedDistanceRegressionLoss(truth, map).print(); // 0
 * signedDistanceRegressionLoss(truth, zeros([1, 7, 1])).print(); // 0.9048: 4/7 + 1/3
 * ```
 *
 * @see Y. Xue et al.: Shape-aware organ segmentation by predicting signed distance maps. AAAI 2020, {@link https://arxiv.org/abs/1912.03849}
 */
export function signedDistanceRegressionLoss(
  labels: Tensor,
  predictions: Tensor,
  options?: SignedDistanceRegressionLossOptions,
): Tensor {
  return tidy(() => {
    const who = "signedDistanceRegressionLoss";
    const settled = readOptions(who, options, regressionRules);
    refuseSpacingBesideMap(who, options);
    const problem = prepare(who, labels, predictions, settled);
    const map = normalizedField(problem, settled);
    const withMap = { ...problem, labels: map, weights: weightsOf(problem), ignoreLabel: undefined };
    const { includeBackground } = settled;
    const { intersection, squaredErrors, valid } = overlapSums(withMap, { intersection: "product", includeBackground });
    const absolute = absoluteErrorSums(withMap);
    const mean = safeDivide(includeBackground ? absolute : withoutBackground(absolute), valid);
    // y^2 + t^2 + y t = (y - t)^2 + 3 y t, so three times the bracket is one minus the ratio of 3 y t to that
    const { smoothNumerator, smoothDenominator } = smoothing(settled);
    const thrice = { smoothNumerator: 3 * smoothNumerator, smoothDenominator: 3 * smoothDenominator };
    const product = mul(
      oneMinusRatio(squaredErrors, mul(intersection, 3) as Tensor2D, thrice),
      settled.productWeight / 3,
    );
    return reduceClasses(who, mul(add(mean, product), holdsVoxels({ valid })) as Tensor2D, settled);
  });
}
