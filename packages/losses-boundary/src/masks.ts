import { denseTarget, type Problem, weightsOf, withoutIgnored } from "@lossary/core-reduce";
import {
  argMax,
  cast,
  greater,
  mul,
  oneHot,
  ones,
  reshape,
  step,
  sub,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";
import { sumOfFaces } from "./neighbours.ts";

/** 1 where a voxel counts, 0 where it is ignored, `[batch, voxels, 1]`. */
export function countedVoxels(problem: Problem): Tensor3D {
  const shape: [number, number, number] = [problem.batch, problem.voxels, 1];
  const weights = weightsOf(problem);
  return weights ? reshape(cast(greater(weights, 0), "float32"), shape) : ones(shape);
}

/** v, `[batch, voxels, 1]`. */
export function voxelWeights(problem: Problem): Tensor3D {
  const shape: [number, number, number] = [problem.batch, problem.voxels, 1];
  const weights = weightsOf(problem);
  return weights ? reshape(weights, shape) : ones(shape);
}

/** The target with its ignored voxels 0. */
export function targetOf(problem: Problem): Tensor3D {
  return denseTarget({ ...problem, weights: weightsOf(problem) });
}

/** The masks of the classes, `[batch, voxels, classes]`: the largest value of several exclusive classes (the first of equal ones), values above 1/2 else. */
export function classMasks(values: Tensor3D, { multiLabel, classes }: Problem): Tensor3D {
  if (multiLabel || classes === 1) return cast(greater(values, 0.5), "float32") as Tensor3D;
  return cast(oneHot(argMax(values, -1) as Tensor2D, classes), "float32") as Tensor3D;
}

/** The contours of masks: voxels that count, with a face neighbour that counts and is outside. */
export function contours(masks: Tensor3D, counted: Tensor3D, spatial: readonly number[]): Tensor3D {
  const outside = sumOfFaces(mul(sub(1, masks), counted), spatial);
  return mul(mul(masks, counted), step(outside));
}

/** p - g, 0 at ignored voxels, whatever stands there. */
export function clearedDifference(p: Tensor3D, problem: Problem): Tensor3D {
  return withoutIgnored(sub(p, targetOf(problem)) as Tensor3D, weightsOf(problem));
}
