import {
  joinChannels,
  type OptionRule,
  type Problem,
  prepare,
  readOptions,
  refuse,
  restoreSpatial,
  type SharedOptions,
  sharedRules,
  spacing,
  spacingOf,
} from "@lossary/core-reduce";
import { type DistanceMapOptions, distanceMap, distanceMapAsync } from "@lossary/distance-map";
import { dispose, sub, Tensor, type Tensor3D, tidy, zeros } from "@tensorflow/tfjs-core";
import { contour, countedMap, masksOfLabels } from "./masks.ts";

/** The options of {@link contourDistanceMap}; those that a loss takes, too, must be the same there. */
export interface ContourDistanceMapOptions extends Pick<SharedOptions, "multiLabel" | "ignoreLabel" | "weights"> {
  /**
   * Number of classes, if labels are int32 class indices.
   * @defaultValue labels are dense
   */
  classes?: number;
  /**
   * The distance between neighbouring voxels, one number or one a spatial axis.
   * @defaultValue `1`
   */
  spacing?: number | readonly number[];
}

const classCount: OptionRule<number | undefined> = {
  expected: "a whole number above 0",
  allows: (value) => Number.isSafeInteger(value) && (value as number) > 0,
  default: undefined,
};

const mapRules = {
  classes: classCount,
  spacing,
  multiLabel: sharedRules.multiLabel,
  ignoreLabel: sharedRules.ignoreLabel,
  weights: sharedRules.weights,
};

/**
 * The distance of each voxel to the true contour of each class, the map of {@link shapeAwareLoss}: 0 on the voxels of the class that have a face
 * neighbour outside it. A class without a contour has the diagonal of the image everywhere. The smallest of a voxel's distances is its
 * distance to the boundary between the classes, the map of {@link activeBoundaryLoss}.
 *
 * ```math
 * d_{ic} = \min_{j \in \partial C_c} \lVert x_i - x_j \rVert
 * ```
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]` with `classes`; their contours are read back but on a graphics processor
 * @param options - see {@link ContourDistanceMapOptions}
 * @returns float32 `[batch, ...spatial, classes]`, at least 0; constant for every gradient
 * @throws Error for shapes, dtypes and options that do not fit, and on a backend that cannot read back at once
 *
 * @example
 * ```ts
 * import { contourDistanceMap } from "@lossary/losses-boundary";
 * import { reshape, tensor } from "@tensorflow/tfjs";
 *
 * const labels = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * reshape(contourDistanceMap(labels, { classes: 1 }), [7]).print(); // 2, 1, 0, 1, 0, 1, 2
 * ```
 */
export function contourDistanceMap(labels: Tensor, options?: ContourDistanceMapOptions): Tensor {
  return tidy(() => {
    const { problem, settled } = problemOf("contourDistanceMap", labels, options);
    return distanceMap(outsideContours(problem), contourRequest(problem, settled.spacing));
  });
}

/**
 * As {@link contourDistanceMap}, on backends that cannot read back at once too.
 *
 * @param labels - as there
 * @param options - as there
 * @returns a promise of the same map
 * @throws Error (the promise is rejected) for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { contourDistanceMapAsync } from "@lossary/losses-boundary";
 * import { reshape, tensor } from "@tensorflow/tfjs";
 *
 * const labels = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const map = await contourDistanceMapAsync(labels, { classes: 1 });
 * reshape(map, [7]).print(); // 2, 1, 0, 1, 0, 1, 2
 * ```
 *
 * @see {@link contourDistanceMap}
 */
export async function contourDistanceMapAsync(labels: Tensor, options?: ContourDistanceMapOptions): Promise<Tensor> {
  let request: DistanceMapOptions = {};
  const outside = tidy(() => {
    const { problem, settled } = problemOf("contourDistanceMap", labels, options);
    request = contourRequest(problem, settled.spacing);
    return outsideContours(problem);
  });
  const map = await distanceMapAsync(outside, request);
  dispose(outside);
  return map;
}

/** 0 on the true contours of the classes, 1 elsewhere, `[batch, ...spatial, classes]`. */
export function outsideContours(problem: Problem): Tensor {
  const counted = countedMap(problem);
  const masks = masksOfLabels(problem);
  const ofClass = (label: number) => tidy(() => sub(1, contour(masks(label), counted, problem)) as Tensor3D);
  const classes = Array.from({ length: problem.classes }, (_, label) => ofClass(label));
  return restoreSpatial(joinChannels(classes), problem);
}

/** How distances to contours are asked for. */
export function contourRequest(problem: Problem, given: number | readonly number[]): DistanceMapOptions {
  return { spacing: spacingOf(problem, given), noBackground: "diagonal" };
}

/** Labels alone as a problem: the prediction, which nobody reads, is 0. */
function problemOf(who: string, labels: Tensor, options: ContourDistanceMapOptions | undefined) {
  const settled = readOptions(who, options, mapRules);
  if (!(labels instanceof Tensor)) refuse(who, "labels", "a tensor", labels);
  const { classes, multiLabel, ignoreLabel, weights } = settled;
  // as in every distance map, a last axis of 1 behind another spatial axis of class indices is the channel
  const channel = labels.rank > 2 && labels.shape.at(-1) === 1;
  const indexed = channel ? labels.shape.slice(0, -1) : labels.shape;
  const predictions = zeros(classes === undefined ? labels.shape : [...indexed, classes]);
  const shared = { ...readOptions(who, {}, sharedRules), multiLabel, ignoreLabel, weights };
  return { settled, problem: prepare(who, labels, predictions, shared) };
}
