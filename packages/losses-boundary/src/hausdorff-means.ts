import {
  detached,
  numberWithin,
  oneOf,
  type Problem,
  prepare,
  probabilities,
  readOptions,
  restoreSpatial,
  type Settled,
  safeDivide,
  squaredErrorSums,
  validVoxels,
  withoutBackground,
} from "@lossary/core-reduce";
import { hausdorffField } from "@lossary/distance-map";
import {
  abs,
  add,
  argMax,
  oneHot,
  pow,
  square,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import {
  type DistanceLossOptions,
  distanceRules,
  labelField,
  madeField,
  refuseSpacingBesideMap,
} from "./class-field.ts";

/**
 * The options of {@link hausdorffDistanceLoss}. `distanceMap` is d_G, not yet to the power of `alpha`: `hausdorffField` of
 * `@lossary/distance-map` as it comes; of a signed map the sign, which says the side, is dropped.
 */
export interface HausdorffDistanceLossOptions extends DistanceLossOptions {
  /**
   * The power of the distances: the higher, the more the farthest error decides, from 0 to 8: higher ones leave float32.
   * @defaultValue `2`
   */
  alpha?: number;
  /**
   * Whose borders distances are measured to: those of labels and prediction, or those of the labels alone, which is faster and reads no prediction back.
   * @defaultValue `"both"`
   */
  sided?: "both" | "target";
  /**
   * The mask of the prediction: probabilities above 0.5, or the most probable class, for exclusive classes.
   * @defaultValue `"threshold"`
   */
  predictionMask?: "threshold" | "argmax";
  /**
   * What stands for the power of the distance in a mask without a border, empty or full. With 0 all errors there are free.
   * @defaultValue `1`
   */
  borderless?: number;
}

/** The rules of the options of both Hausdorff distance losses. */
const hausdorffRules = {
  ...distanceRules,
  alpha: numberWithin(0, 8, 2),
  sided: oneOf("both", "target"),
  predictionMask: oneOf("threshold", "argmax"),
  borderless: numberWithin(0, Number.POSITIVE_INFINITY, 1),
};

/** The options of a Hausdorff distance loss, read and checked against each other. */
export function readHausdorffOptions(
  who: string,
  given: HausdorffDistanceLossOptions | undefined,
): Settled<typeof hausdorffRules> {
  const options = readOptions(who, given, hausdorffRules);
  if (options.sided === "target") {
    refuseSpacingBesideMap(who, given);
    if (given?.predictionMask !== undefined) {
      throw new Error(
        `${who}: predictionMask contradicts sided "target", which measures no distance to the prediction`,
      );
    }
  }
  return options;
}

/** The mean of (p - g)^2 (d_G^alpha + d_S^alpha) of each (sample, class), without the background where that is left out. */
export function hausdorffMeans(
  who: string,
  labels: Tensor,
  predictions: Tensor,
  options: Settled<typeof hausdorffRules>,
): Tensor2D {
  const problem = prepare(who, labels, predictions, options);
  return meansOfSums(squaredErrorSums(problem, distancesOf(problem, options)), validVoxels(problem), options);
}

/** Those means from the sums of all classes. */
export function meansOfSums(
  sums: Tensor2D,
  valid: Tensor2D,
  { includeBackground }: Pick<Settled<typeof hausdorffRules>, "includeBackground">,
): Tensor2D {
  return safeDivide(includeBackground ? sums : withoutBackground(sums), valid) as Tensor2D;
}

/** d_G^alpha + d_S^alpha, `[batch, voxels, classes]`, constant. */
export function distancesOf(problem: Problem, options: Settled<typeof hausdorffRules>): Tensor3D {
  const { alpha, borderless } = options;
  const target = labelField(problem, options, (labels, request) =>
    hausdorffField(labels, { ...request, alpha, borderless }),
  );
  return detached(() => {
    const ofTarget = options.distanceMap ? raised(target, alpha) : target;
    return (options.sided === "target" ? ofTarget : add(ofTarget, predictedField(problem, options))) as Tensor3D;
  });
}

/** |d|^alpha; a power of the backend costs many times what a square does. */
function raised(distances: Tensor3D, alpha: number): Tensor {
  return alpha === 2 ? square(distances) : pow(abs(distances), alpha);
}

function predictedField(problem: Problem, options: Settled<typeof hausdorffRules>): Tensor3D {
  const { alpha, borderless, predictionMask } = options;
  if (predictionMask === "argmax" && (problem.multiLabel || problem.classes === 1)) {
    const got = problem.multiLabel ? "independent channels" : "1 class";
    throw new Error(`${problem.who}: predictionMask "argmax" needs exclusive classes, at least 2 (got ${got})`);
  }
  return madeField(problem, options, (request) => {
    const p = probabilities(problem);
    const mask = predictionMask === "argmax" ? oneHot(argMax(p, -1), problem.classes) : p;
    return hausdorffField(restoreSpatial(mask, problem), { ...request, alpha, borderless });
  });
}
