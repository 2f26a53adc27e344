import {
  denseTarget,
  detached,
  type OptionRule,
  overlapSums,
  type Problem,
  prepare,
  probabilities,
  type RatioOptions,
  ratioRules,
  readOptions,
  refuse,
  rulesWithout,
  weightsOf,
  withoutIgnored,
} from "@lossary/core-reduce";
import { cast, greater, reshape, type Tensor, type Tensor2D, type Tensor3D, tidy } from "@tensorflow/tfjs-core";
import type { Grid } from "./morphology.ts";
import { softSkeleton } from "./soft-skeleton.ts";

/** The options of `clDiceLoss`. */
export interface ClDiceLossOptions extends Omit<RatioOptions, "intersection"> {
  /**
   * How many times the mask is eroded on the way to its skeleton: about the largest radius of a structure, in voxels.
   * @defaultValue `3`
   */
  iterations?: number;
}

/** How the skeletons of prediction and truth overlap the other mask, as sums over voxels, which add over shards, patches and steps. */
export interface SkeletonOverlap {
  /** sum v S(p) g: skeleton of the prediction inside the truth; `[batch, classes]`. */
  readonly predictedInside: Tensor2D;
  /** sum v S(p) (1 - g): skeleton of the prediction outside of it; `[batch, classes]`. */
  readonly predictedOutside: Tensor2D;
  /** sum v S(g) p: skeleton of the truth that is predicted; `[batch, classes]`. */
  readonly labelledFound: Tensor2D;
  /** sum v S(g) (1 - p): skeleton of the truth that is missed; `[batch, classes]`. */
  readonly labelledMissed: Tensor2D;
  /** P = sum v p; `[batch, classes]`. */
  readonly predicted: Tensor2D;
  /** G = sum v g, without a gradient; `[batch, classes]`. */
  readonly labelled: Tensor2D;
  /** sum v, the weight of the voxels that count; `[batch, 1]`. */
  readonly valid: Tensor2D;
}

const iterationsRule: OptionRule<number> = {
  expected: "an integer of at least 0",
  allows: (value) => Number.isInteger(value) && (value as number) >= 0,
  default: 3,
};

/** The rules of the options of `clDiceLoss`. */
export const clDiceRules = { ...rulesWithout(ratioRules, "intersection"), iterations: iterationsRule };

/**
 * Sums how the soft skeletons of prediction and truth overlap the other mask: the statistic behind `clDiceFromOverlap`.
 *
 * ```math
 * \sum_i v_i\, S(p)_i\, g_i, \qquad \sum_i v_i\, S(g)_i\, p_i
 * ```
 *
 * Skeletons need their surroundings: patches whose sums are added must be cut from maps whose skeletons do not cross the cut.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32, with at least one spatial axis
 * @param options - as for `clDiceLoss`
 * @returns the sums, all at least 0; with `includeBackground: false` without class 0
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { skeletonOverlap } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const line = tensor3d([[[0], [1], [1], [1], [0]]]);
 * const { labelledFound } = skeletonOverlap(line, tensor3d([[[0], [0.5], [0.9], [0.5], [0]]]));
 * labelledFound.print(); // 0.9
 * ```
 */
export function skeletonOverlap(labels: Tensor, predictions: Tensor, options?: ClDiceLossOptions): SkeletonOverlap {
  return tidy(() => {
    const settled = readOptions("skeletonOverlap", options, clDiceRules);
    const problem = prepare("skeletonOverlap", labels, predictions, { ...settled });
    return { ...skeletonSums(problem, settled) };
  });
}

/** `skeletonOverlap` of a problem that is prepared already. */
export function skeletonSums(
  problem: Problem,
  { iterations, includeBackground }: { iterations: number; includeBackground: boolean },
): SkeletonOverlap {
  if (problem.spatial.length === 0) {
    refuse(
      problem.who,
      "predictions",
      "a tensor [batch, ...spatial, classes] with 1 to 3 spatial axes",
      problem.predictions,
    );
  }
  const weights = weightsOf(problem);
  const grid: Grid = {
    spatial: problem.spatial,
    valid: weights && countedVoxels(weights),
    fused: problem.fused,
  };
  const p = probabilities({ ...problem, predictions: withoutIgnored(problem.predictions, weights) });
  const ofPrediction = softSkeleton(p, iterations, grid);
  const ofTruth = detached(() => softSkeleton(withoutIgnored(denseTarget(problem), weights), iterations, grid));
  const product = { intersection: "product", includeBackground } as const;
  const inTruth = overlapSums({ ...problem, predictions: ofPrediction, activation: "none" }, product);
  const asDense = { labels: ofTruth, weights, ignoreLabel: undefined };
  const inPrediction = overlapSums({ ...problem, ...asDense }, product);
  return {
    predictedInside: inTruth.intersection,
    predictedOutside: inTruth.falsePositives,
    labelledFound: inPrediction.intersection,
    labelledMissed: inPrediction.falseNegatives,
    predicted: inPrediction.predicted,
    labelled: inTruth.labelled,
    valid: inTruth.valid,
  };
}

/** 1 for each voxel that counts, 0 for the others, `[batch, voxels, 1]`. */
function countedVoxels(weights: Tensor2D): Tensor3D {
  const [batch, voxels] = weights.shape;
  return detached(() => reshape(cast(greater(weights, 0), "float32"), [batch, voxels, 1]) as Tensor3D);
}
