import { describe, isAmount, type Shape } from "../array/geometry.ts";
import { checkNames } from "../array/options.ts";
import { planFor } from "../array/plan.ts";
import type { VoxelArray } from "../array/voxels.ts";
import type { MapOptions } from "./penalty-map.ts";

/** Options of the Hausdorff field. */
export interface HausdorffOptions extends MapOptions {
  /** The power of the distance, from 0 to 8. @defaultValue 1 */
  alpha?: number;
  /** The field of a mask without a border, empty or full; no power is taken of it. @defaultValue 1 */
  borderless?: number;
}

/**
 * Distance to the other side of a mask's border, inside and outside, to the power `alpha`: one side's term of the
 * field that weighs the squared errors of the Hausdorff distance loss.
 *
 *     mask   0 0 1 1 1 0 0
 *     field  2 1 1 2 1 1 2
 *
 * ```math
 * f_i = d_i^\alpha
 * ```
 *
 * d is the distance to the nearest voxel of the other side. Range (0, ∞); a mask without a border has the constant `borderless`.
 *
 * @param mask Integers or booleans, in C order; foreground is nonzero.
 * @param shape One to three extents, slowest axis first.
 * @param options See {@link HausdorffOptions}.
 * @returns Float32Array, in C order; at least 0.
 * @throws Error on a length unlike the shape, more than three axes, a spacing that is not positive, or an unknown option.
 * @example
 * ```ts
 * import { hausdorffField } from "@lossary/distance-map/array";
 *
 * console.log(hausdorffField([0, 0, 1, 1, 1, 0, 0], [7]).join(" ")); // 2 1 1 2 1 1 2
 * ```
 * @see D. Karimi, S. E. Salcudean: Reducing the Hausdorff distance in medical image segmentation with convolutional neural networks. IEEE TMI
 * 2020, {@link https://arxiv.org/abs/1904.10030}
 */
export function hausdorffField(mask: VoxelArray, shape: Shape, options: HausdorffOptions = {}): Float32Array {
  const { alpha, borderless, out, ...rest } = settledField(options);
  const field = planFor("hausdorffField", shape, rest).signed(mask, out);
  for (let voxel = 0; voxel < mask.length; voxel++) {
    const distance = Math.abs(field[voxel] as number);
    field[voxel] = distance === Infinity ? borderless : alpha === 1 ? distance : distance ** alpha;
  }
  return field;
}

/** The checked options of a field, with their defaults. */
export function settledField(options: HausdorffOptions): MapOptions & { alpha: number; borderless: number } {
  checkNames("hausdorffField", options, ["spacing", "backend", "out", "alpha", "borderless"]);
  const { alpha = 1, borderless = 1, ...rest } = options;
  if (!isAmount(alpha) || alpha > 8) {
    throw new RangeError(`hausdorffField: alpha must be a number from 0 to 8 (got ${describe(alpha)})`);
  }
  if (!isAmount(borderless)) {
    throw new RangeError(`hausdorffField: borderless must be a number >= 0 (got ${describe(borderless)})`);
  }
  return { alpha, borderless, ...rest };
}
