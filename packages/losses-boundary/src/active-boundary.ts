import {
  detached,
  directionLosses,
  distributions,
  numberAboveZero,
  numberWithin,
  prepare,
  readOptions,
  refuse,
  rulesWithout,
  type SharedOptions,
  sharedRules,
  spacing,
  tensor,
  weightsOf,
} from "@lossary/core-reduce";
import { mean, sum, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { boundaryDistance, predictedBoundary } from "./boundary-voxels.ts";
import { visitedLosses } from "./direction-losses.ts";
import { directionTargets, tie } from "./direction-targets.ts";

/** The options of {@link activeBoundaryLoss}: the shared ones but those that weigh or leave out classes, which a boundary between classes does not have. */
export interface ActiveBoundaryLossOptions
  extends Omit<SharedOptions, "classWeights" | "normalize" | "includeBackground"> {
  /**
   * The share of the voxels of a sample that count as predicted boundary.
   * @defaultValue `0.01`
   */
  boundaryShare?: number;
  /**
   * The share of the target direction that is spread over all directions.
   * @defaultValue `0.2`
   */
  directionSmoothing?: number;
  /**
   * The distance, in the units of `spacing`, from which on a boundary voxel costs no more for being further away.
   * @defaultValue `20`
   */
  maxDistance?: number;
  /**
   * The distance between neighbouring voxels, one number or one a spatial axis.
   * @defaultValue `1`
   */
  spacing?: number | readonly number[];
  /**
   * Each voxel's distance to the true boundary made beforehand, `[batch, ...spatial]`: the smallest over the classes of `contourDistanceMap`.
   * Spares the distance transform in each step, and is needed where a WebGPU device refuses to measure.
   * @defaultValue made from the labels, which are read back for it but on a graphics processor
   */
  distanceMap?: Tensor;
}

const activeBoundaryRules = {
  ...rulesWithout(sharedRules, "classWeights", "normalize", "includeBackground"),
  boundaryShare: numberWithin(0, 1, 0.01),
  directionSmoothing: numberWithin(0, 1, 0.2),
  maxDistance: numberAboveZero(20),
  spacing,
  distanceMap: tensor,
};

/**
 * Active boundary loss: moves the predicted boundary, voxel by voxel, towards the true one. Used together with a region loss.
 *
 * ```math
 * L_n = \frac{\sum_{i \in B} v_i\, \frac{\min(M_i, M)}{M}\, D_i}{\sum_{i \in B} v_i}, \qquad D_i = -\sum_j t_{ij} \ln \operatorname{softmax}_j \mathrm{KL}(P_i \,\|\, P_j)
 * ```
 *
 * P_i are the class probabilities of a voxel (of one channel p and 1 - p), j its neighbours that share a corner with it (2, 8 or 26), held constant.
 * M_i is the distance to the true boundary, the voxels with a face neighbour of another class. B is the predicted boundary: the voxels whose
 * KL-divergences from their face neighbours add up to most, above 1e-5, and all that turn as much as the last of them to 1e-4 (or by 1e-6), so that
 * no rounding chooses between voxels that are alike; of these, the ones that have a neighbour nearer to the true
 * boundary. t is 1 on the nearest neighbour, in equal parts if there are several, less what `directionSmoothing` spreads over all.
 * Choice, distances and targets are constant for every gradient; ignored voxels have no part in any of it.
 *
 * Range [0, ∞); 0 where the predicted boundary lies on the true one, and where a sample has no boundary.
 *
 * Differs from: the authors' code, which looks at the next voxel of each axis only, so that a mirrored image costs something else, lowers a
 * threshold until few enough voxels pass it, widens what does by one voxel, so that a right boundary costs something, too, and takes the first of
 * equally near neighbours.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`; their boundary is read back unless `distanceMap` is given or a graphics processor measures
 * @param predictions - `[batch, ...spatial, classes]`, float32: probabilities of exclusive classes or of one channel, or logits with an `activation`
 * @param options - see {@link ActiveBoundaryLossOptions}
 * @returns a scalar; with `reduction: "sample"` or `"none"` `[batch]`
 * @throws Error for several independent channels, without a spatial axis, on a backend that cannot read labels back at once, and for shapes,
 * dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { activeBoundaryLoss } from "@lossary/losses-boundary";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * // the boundary is predicted between the third and the fourth voxel, one too far to the right
 * const truth = tensor([0, 0, 1, 1, 1, 1], [1, 6], "int32");
 * const prediction = tensor([0.1, 0.1, 0.1, 0.8, 0.8, 0.8], [1, 6, 1]);
 * activeBoundaryLoss(truth, prediction, { maxDistance: 1 }).print(); // 0.3642
 * ```
 *
 * @see C. Wang et al.: Active boundary loss for semantic segmentation. AAAI 2022, {@link https://arxiv.org/abs/2102.02696}
 */
export function activeBoundaryLoss(labels: Tensor, predictions: Tensor, options?: ActiveBoundaryLossOptions): Tensor {
  return tidy(() => {
    const who = "activeBoundaryLoss";
    const settled = readOptions(who, options, activeBoundaryRules);
    const shared = { ...readOptions(who, {}, sharedRules), ...settled };
    const problem = prepare(who, labels, predictions, shared);
    if (problem.multiLabel && problem.classes > 1) {
      throw new Error(
        `${who}: a boundary between classes needs exclusive classes or one channel (got ${problem.classes} independent channels)`,
      );
    }
    if (problem.spatial.length === 0) {
      refuse(
        who,
        "predictions",
        "a tensor [batch, ...spatial, classes] with a spatial axis, on which a boundary lies",
        predictions,
      );
    }
    const weights = weightsOf(problem);
    const distance = boundaryDistance(problem, weights, settled);
    // kernels read these, and visit the few voxels of the boundary alone; ops visit all of them
    const records = distributions(problem, weights);
    const boundary = detached(() =>
      predictedBoundary(problem, settled.boundaryShare, { distributions: records, weights }),
    );
    const { maxDistance, directionSmoothing: smoothing } = settled;
    const { activation, spatial } = problem;
    const ofSamples = records
      ? directionLosses(
          { predictions: problem.predictions, distributions: records, weights, distance, boundary },
          { activation, spatial, maxDistance, smoothing, tie },
        )
      : visitedLosses(problem, directionTargets(problem, distance, boundary, maxDistance), smoothing);
    if (settled.reduction === "mean") return mean(ofSamples);
    return settled.reduction === "sum" ? sum(ofSamples) : ofSamples;
  });
}
