import {
  channelsOf,
  denseTarget,
  hasIndices,
  type Problem,
  weightsOf,
  windowMinimum,
  withoutIgnored,
} from "@lossary/core-reduce";
import {
  argMax,
  cast,
  equal,
  greater,
  maximum,
  mul,
  ones,
  reshape,
  sub,
  type Tensor3D,
  tidy,
} from "@tensorflow/tfjs-core";

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
  return denseTarget({ ...problem, weights: weightsOf(problem) });
}

/**
 * The mask of one class after another, `[batch, voxels, 1]`: the largest value of several exclusive classes (the first of equal ones), values
 * above 1/2 else. Losses go through their classes one by one, so that what they measure is as large as one channel.
 */
export function masksOfClasses(values: Tensor3D, { multiLabel, classes }: Problem): ClassMask {
  if (multiLabel || classes === 1) return masksOfChannels(values);
  const [batch, voxels] = values.shape;
  const largest = tidy(() => reshape(argMax(asFloats(values), -1), [batch, voxels, 1]));
  return (label) => tidy(() => cast(equal(largest, label), "float32") as Tensor3D);
}

/** Those of the labels. What stands at ignored voxels means nothing. */
export function masksOfLabels(problem: Problem): ClassMask {
  return hasIndices(problem) ? regionsOfLabels(problem) : masksOfClasses(problem.labels as Tensor3D, problem);
}

/** The regions of the labels: what is more than half of a class, of which there may be none or several, exclusive or not. */
export function regionsOfLabels(problem: Problem): ClassMask {
  const { labels, batch, voxels, classes } = problem;
  if (!hasIndices(problem)) return masksOfChannels(labels as Tensor3D);
  const indices = reshape(labels, [batch, voxels, 1]);
  return (label) => tidy(() => cast(equal(indices, classes === 1 ? 1 : label), "float32") as Tensor3D);
}

function masksOfChannels(values: Tensor3D): ClassMask {
  const channels = channelsOf(values);
  return (label) => tidy(() => cast(greater(asFloats(channels(label)), 0.5), "float32") as Tensor3D);
}

/** What is float32 already is not copied, as `cast` would. */
function asFloats(values: Tensor3D): Tensor3D {
  return values.dtype === "float32" ? values : cast(values, "float32");
}

/** The mask of a class, `[batch, voxels, 1]`. */
export type ClassMask = (label: number) => Tensor3D;

/**
 * The contours of a mask: voxels that count, with a face neighbour that counts and is outside. What is ignored counts as inside on the way to
 * the smallest value of each window, which is 0 where something is outside.
 */
export function contour(mask: Tensor3D, counted: Tensor3D, { spatial, fused }: Problem): Tensor3D {
  return tidy(() => {
    const inside = () => maximum(mask, sub(1, counted)) as Tensor3D;
    const least = tidy(() => windowMinimum(inside(), { spatial, axes: [...spatial.keys()], fused }));
    return mul(sub(mask, least), counted) as Tensor3D;
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
