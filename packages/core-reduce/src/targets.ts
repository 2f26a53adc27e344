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

/**
 * The target as numbers, made for the moment: an int32 target never lives as a float one-hot.
 *
 * ```math
 * g_{ic} = [\, y_i = c \,]
 * ```
 *
 * of class indices y; of one class's indices [y = 1]. A dense target is itself, 0 where its weight is 0.
 *
 * @param inputs - labels `[batch, voxels]` or `[batch, voxels, classes]`, and predictions, whose shape is read; weights where there are any
 * @returns `[batch, voxels, classes]`, float32
 * @throws Error where there are no labels
 *
 * @example
 * ```ts
 * import { denseTarget } from "@lossary/core-reduce";
 * import { tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * const labels = tensor2d([[0, 2]], [1, 2], "int32");
 * denseTarget({ labels, predictions: zeros([1, 2, 3]) }).print(); // 1, 0, 0, 0, 0, 1
 * ```
 */
export function denseTarget({ labels, weights, predictions }: KernelInputs): Tensor3D {
  const [batch, voxels, classes] = predictions.shape;
  if (labels === undefined) throw new Error("denseTarget: labels must be given");
  if (labels.rank === 3) return tidy(() => withoutIgnored(cast(labels, "float32") as Tensor3D, weights));
  if (classes === 1) return tidy(() => reshape(cast(equal(labels, 1), "float32"), [batch, voxels, 1]));
  return tidy(() => cast(oneHot(labels as Tensor2D, classes), "float32") as Tensor3D);
}

/**
 * Values without those under a zero weight, which are replaced, not multiplied away: garbage there may be infinite, or overflow when it is squared.
 *
 * ```math
 * y_{ic} = x_{ic} \ \text{where } v_i > 0, \text{ else } 0
 * ```
 *
 * @param values - `[batch, voxels, classes]`
 * @param weights - v, `[batch, voxels]`; nothing where every voxel weighs 1
 * @returns the shape of `values`
 *
 * @example
 * ```ts
 * import { withoutIgnored } from "@lossary/core-reduce";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * withoutIgnored(tensor3d([[[1], [Infinity]]]), tensor2d([[0.5, 0]])).print(); // 1, 0
 * ```
 */
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

/**
 * Values times one weight a voxel, $v_i x_{ic}$.
 *
 * @param values - `[batch, voxels, classes]`
 * @param weights - v, `[batch, voxels]`; nothing where every voxel weighs 1
 * @returns the shape of `values`
 *
 * @example
 * ```ts
 * import { weighed } from "@lossary/core-reduce";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * weighed(tensor3d([[[1, 2], [3, 4]]]), tensor2d([[1, 0.5]])).print(); // 1, 2, 1.5, 2
 * ```
 */
export function weighed(values: Tensor3D, weights: Tensor2D | undefined): Tensor3D {
  if (weights === undefined) return values;
  const [batch, voxels] = weights.shape;
  return mul(values, reshape(weights, [batch, voxels, 1]));
}
