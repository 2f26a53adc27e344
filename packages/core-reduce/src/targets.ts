import {
  cast,
  equal,
  greater,
  greaterEqual,
  less,
  logicalAnd,
  mul,
  notEqual,
  oneHot,
  reshape,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { KernelAttributes, KernelInputs } from "./kernel.ts";

/** The target as `[batch, voxels, classes]` numbers, made for the moment: an int32 target never lives as a float one-hot. */
export function denseTarget({ labels, weights, predictions }: KernelInputs): Tensor3D {
  const [batch, voxels, classes] = predictions.shape;
  if (labels === undefined) throw new Error("denseTarget: labels must be given");
  if (labels.rank === 3) return tidy(() => withoutIgnored(cast(labels, "float32") as Tensor3D, weights));
  if (classes === 1) return tidy(() => reshape(cast(equal(labels, 1), "float32"), [batch, voxels, 1]));
  return tidy(() => cast(oneHot(labels as Tensor2D, classes), "float32") as Tensor3D);
}

/** Values under a zero weight are replaced, not multiplied away: garbage there may be infinite, or overflow when it is squared. */
export function withoutIgnored(values: Tensor3D, weights: Tensor2D | undefined): Tensor3D {
  if (weights === undefined) return values;
  const [batch, voxels] = weights.shape;
  return tidy(() => where(greater(reshape(weights, [batch, voxels, 1]), 0), values, zerosLike(values)));
}

/** v: one weight a voxel `[batch, voxels]`, 0 for ignored labels and labels out of range; nothing where every voxel weighs 1. */
export function voxelWeights(
  { labels, weights, predictions }: KernelInputs,
  { ignoreLabel }: Pick<KernelAttributes, "ignoreLabel">,
): Tensor2D | undefined {
  const given = weights && (cast(weights, "float32") as Tensor2D);
  if (labels === undefined || labels.rank === 3) return given;
  const classes = Math.max(2, predictions.shape[2]);
  const inRange = logicalAnd(greaterEqual(labels, 0), less(labels, classes));
  const counted: Tensor = Number.isNaN(ignoreLabel) ? inRange : logicalAnd(inRange, notEqual(labels, ignoreLabel));
  const valid = cast(counted, "float32") as Tensor2D;
  return given ? mul(valid, given) : valid;
}

/** Values of `[batch, voxels, classes]` times one weight a voxel. */
export function weighed(values: Tensor3D, weights: Tensor2D | undefined): Tensor3D {
  if (weights === undefined) return values;
  const [batch, voxels] = weights.shape;
  return mul(values, reshape(weights, [batch, voxels, 1]));
}
