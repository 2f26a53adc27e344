import {
  overlapSums,
  prepare,
  readOptions,
  reduceClasses,
  safeDivide,
  weightsOf,
  withoutBackground,
} from "@lossary/core-reduce";
import { signedDistanceMap } from "@lossary/distance-map";
import { type Tensor, type Tensor2D, tidy } from "@tensorflow/tfjs-core";
import { type DistanceLossOptions, distanceRules, labelField, refuseSpacingBesideMap } from "./class-field.ts";
import type { FieldTerm } from "./field-term.ts";

/** The options of {@link boundaryLoss}. `distanceMap` is phi, as `signedDistanceMap` of `@lossary/distance-map` makes it. */
export type BoundaryLossOptions = DistanceLossOptions;

/**
 * Boundary loss: the mean of the signed distance to the true border over everything that was predicted. Used together with a region loss.
 *
 * ```math
 * L_{nc} = \frac{\sum_i v_i\, \phi_{ic}\, p_{ic}}{\sum_i v_i}
 * ```
 *
 * φ is the distance to the border of class c in the units of `spacing`, negative inside: the mask 0 0 1 1 1 0 0 has φ = 2 1 0 -1 0 1 2. A class that
 * is absent from a sample, or fills it, has no border, φ = 0, and costs nothing. Float labels above 0.5 are inside. Ignored voxels lie on neither
 * side, and no distance ends there. φ is constant for every gradient.
 *
 * Range: signed. The minimum, the mean of the negative φ, is at the perfect prediction, and far below 0 for large objects. Voxels on the
 * inner side of the border have φ = 0 and are left to the region loss. Start with little of it: see {@link rampBoundary} and {@link rebalance}.
 *
 * Differs from: the authors' code, which takes off 1 inside whatever the spacing (here the voxel's own step), and truncates maps of integer type.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`; read back unless `distanceMap` is given or a graphics processor measures
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities, or logits with an `activation`
 * @param options - see {@link BoundaryLossOptions}
 * @returns a scalar; with `reduction: "sample"` `[batch]`, with `"none"` `[batch, classes]`
 * @throws Error for `spacing` beside `distanceMap`, without a spatial axis to measure on, on a backend that cannot read labels back at once,
 * and for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { boundaryLoss } from "@lossary/losses-boundary";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const prediction = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7, 1]);
 * boundaryLoss(truth, prediction).print(); // -0.1429
 * ```
 *
 * @see H. Kervadec et al.: Boundary loss for highly unbalanced segmentation. MIDL 2019, {@link https://arxiv.org/abs/1812.07032}
 */
export function boundaryLoss(labels: Tensor, predictions: Tensor, options?: BoundaryLossOptions): Tensor {
  return tidy(() => {
    const problem = prepare(boundaryTerm.loss, labels, predictions, readBoundaryOptions(options));
    const phi = boundaryTerm.field(problem, options);
    // sum v phi p is the product overlap with phi in the place of the target
    const withField = { ...problem, labels: phi, weights: weightsOf(problem), ignoreLabel: undefined };
    const { intersection, valid } = overlapSums(withField, { intersection: "product", includeBackground: true });
    return boundaryTerm.from(intersection, valid, options);
  });
}

/** {@link boundaryLoss} as a term of a compound: the sums of v φ p, and what the loss makes of them. */
export const boundaryTerm: FieldTerm<BoundaryLossOptions> = {
  loss: "boundaryLoss",
  fielded: "probability",
  field: (problem, options) => labelField(problem, readBoundaryOptions(options), signedDistanceMap),
  from: (sums, valid, options) => {
    const settled = readBoundaryOptions(options);
    const taking = settled.includeBackground ? sums : withoutBackground(sums);
    return reduceClasses("boundaryLoss", safeDivide(taking, valid) as Tensor2D, settled);
  },
};

function readBoundaryOptions(options: BoundaryLossOptions | undefined) {
  const settled = readOptions("boundaryLoss", options, distanceRules);
  refuseSpacingBesideMap("boundaryLoss", options);
  return settled;
}
