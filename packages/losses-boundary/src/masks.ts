import {
  denseTarget,
  hasIndices,
  labelRegions,
  largestRegions,
  type Problem,
  weightsOf,
  windowMinimum,
  withoutIgnored,
} from "@lossary/core-reduce";
import { cast, greater, maximum, mul, ones, reshape, sub, type Tensor3D, tidy } from "@tensorflow/tfjs-core";

/** 1 where a voxel counts, 0 where it is ignored, `[batch, voxels, 1]`. */
export function countedVoxels(problem: Problem): Tensor3D {
  return countedMap(problem) ?? ones([problem.batch, problem.voxels, 1]);
}

/** The same, nothing where every voxel weighs 1. */
export function countedMap(problem: Problem): Tensor3D | undefined {
  const weights = weightMap(problem);
  return weights && tidy(() => cast(greater(weights, 0), "float32") as Tensor3D);
}

/** v, `[batch, voxels, 1]`. */
export function voxelWeights(problem: Problem): Tensor3D {
  return weightMap(problem) ?? ones([problem.batch, problem.voxels, 1]);
}

/** The same, nothing where every voxel weighs 1. */
export function weightMap(problem: Problem): Tensor3D | undefined {
  const weights = weightsOf(problem);
  return weights && reshape(weights, [problem.batch, problem.voxels, 1]);
}

/** The target with its ignored voxels 0. */
export function targetOf(problem: Problem): Tensor3D {
  // one kernel where there is one, instead of a comparison and its conversion
  if (hasIndices(problem) && problem.classes === 1) return labelRegions(problem)(0);
  return denseTarget({ ...problem, weights: weightsOf(problem) });
}

/**
 * The mask of one class after another, `[batch, voxels, 1]`: the largest value of several exclusive classes (the first of equal ones), values
 * above 1/2 else. Losses go through their classes one by one, so that what they measure is as large as one channel.
 */
export function masksOfClasses(values: Tensor3D, problem: Problem): ClassMask {
  if (problem.multiLabel || problem.classes === 1) return labelRegions({ ...problem, labels: values });
  return largestRegions({ ...problem, labels: values });
}

/** Those of the labels. What stands at ignored voxels means nothing. */
export function masksOfLabels(problem: Problem): ClassMask {
  return hasIndices(problem) ? labelRegions(problem) : masksOfClasses(problem.labels as Tensor3D, problem);
}

/** Values times a map of the voxels, `[batch, voxels, 1]`; themselves where there is none. */
export function times(values: Tensor3D, map: Tensor3D | undefined): Tensor3D {
  return map ? mul(values, map) : values;
}

/** The mask of a class, `[batch, voxels, 1]`. */
export type ClassMask = (label: number) => Tensor3D;

/**
 * The contours of a mask: voxels that count (all of them where it is not said which), with a face neighbour that counts and is outside. What is ignored counts as inside on the way to
 * the smallest value of each window, which is 0 where something is outside.
 */
export function contour(mask: Tensor3D, counted: Tensor3D | undefined, { spatial, fused }: Problem): Tensor3D {
  return tidy(() => {
    const inside = () => (counted ? (maximum(mask, sub(1, counted)) as Tensor3D) : mask);
    const least = tidy(() => windowMinimum(inside(), { spatial, axes: [...spatial.keys()], fused }));
    return times(sub(mask, least), counted);
  });
}

/** p - g, 0 at ignored voxels, whatever stands there. */
export function clearedDifference(p: Tensor3D, problem: Problem): Tensor3D {
  return tidy(() =>
    withoutIgnored(
      tidy(() => sub(p, targetOf(problem)) as Tensor3D),
      weightsOf(problem),
    ),
  );
}
