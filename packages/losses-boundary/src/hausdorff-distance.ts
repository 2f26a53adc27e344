import { reduceClasses } from "@lossary/core-reduce";
import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { FieldTerm } from "./field-term.ts";
import {
  distancesOf,
  type HausdorffDistanceLossOptions,
  hausdorffMeans,
  meansOfSums,
  readHausdorffOptions,
} from "./hausdorff-means.ts";

/**
 * Hausdorff distance loss: squared errors, each weighed with its distance to the true and to the predicted border, so that the errors far
 * from a border, which make the Hausdorff distance, cost most.
 *
 * ```math
 * L_{nc} = \frac{\sum_i v_i\, (p_{ic} - g_{ic})^2 \left(d_{G,ic}^{\,\alpha} + d_{S,ic}^{\,\alpha}\right)}{\sum_i v_i}
 * ```
 *
 * d is the distance to the other side of the border of class c, inside and outside, in the units of `spacing`: the mask 0 0 1 1 1 0 0 has
 * d = 2 1 1 2 1 1 2. d_G is that of the labels (float labels above 0.5 are inside), d_S that of the prediction. A mask without a border, empty or
 * full, has `borderless` in the place of the power. Ignored voxels lie on neither side. Both fields are constant for every gradient.
 *
 * Range [0, ∞); 0 exactly at the perfect prediction.
 *
 * Differs from: MONAI, where a mask without a border has the field 0, so that an all-ones prediction of an absent class costs nothing
 * (`borderless: 0`), and whose default leaves the background out.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`; read back unless `distanceMap` is given or a graphics processor measures
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`; read back likewise unless `sided` is `"target"`
 * @param options - see {@link HausdorffDistanceLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error where no distances are left to measure with `spacing`, without a spatial axis, on a backend that cannot read back at once,
 * and for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { hausdorffDistanceLoss } from "@lossary/losses-boundary";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const prediction = tensor([0, 0, 0, 1, 1, 1, 0], [1, 7, 1]);
 * hausdorffDistanceLoss(truth, prediction).print(); // 0.5714: two voxels, each 1 from both borders
 * ```
 *
 * @see D. Karimi, S. E. Salcudean: Reducing the Hausdorff distance in medical image segmentation with convolutional neural networks.
 * IEEE TMI 2020, {@link https://arxiv.org/abs/1904.10030}
 */
export function hausdorffDistanceLoss(
  labels: Tensor,
  predictions: Tensor,
  options?: HausdorffDistanceLossOptions,
): Tensor {
  return tidy(() => {
    const who = "hausdorffDistanceLoss";
    const settled = readHausdorffOptions(who, options);
    return reduceClasses(who, hausdorffMeans(who, labels, predictions, settled), settled);
  });
}

/** {@link hausdorffDistanceLoss} as a term of a compound: the sums of v (p - g)² times the field of distances, and what the loss makes of them. */
export const hausdorffDistanceTerm: FieldTerm<HausdorffDistanceLossOptions> = {
  loss: "hausdorffDistanceLoss",
  fielded: "squaredError",
  field: (problem, options) => distancesOf(problem, readHausdorffOptions("hausdorffDistanceLoss", options)),
  from: (sums, valid, options) => {
    const settled = readHausdorffOptions("hausdorffDistanceLoss", options);
    return reduceClasses("hausdorffDistanceLoss", meansOfSums(sums, valid, settled), settled);
  },
};
