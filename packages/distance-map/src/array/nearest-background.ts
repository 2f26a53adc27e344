import type { Shape } from "./geometry.ts";
import { checkNames } from "./options.ts";
import { planFor } from "./plan.ts";
import type { VoxelArray } from "./voxels.ts";

/** Options of {@link nearestBackground}. */
export interface NearestOptions {
  /** Distance between neighbouring voxel centres, one number or one per axis. @defaultValue 1 */
  spacing?: number | readonly number[];
  /** A caller's array for the result. @defaultValue a new array */
  out?: Int32Array;
}

/**
 * Flat index of every voxel's nearest background voxel (the feature transform); a background voxel's own index on the
 * background, -1 everywhere where the mask has no background. Of equally near voxels the one with the lowest index is
 * given: exactly so where all axes share one spacing, as far as doubles tell ties apart elsewhere.
 *
 * ```math
 * n_i = \min \operatorname*{arg\,min}_{j \in B} \lVert x_i - x_j \rVert
 * ```
 *
 * B is the background, x the centre of a voxel in units of the spacing.
 *
 * @param mask As in {@link distanceTransform}.
 * @param shape As in {@link distanceTransform}.
 * @param options See {@link NearestOptions}.
 * @returns Int32Array of one flat index a voxel.
 * @throws Error on a length unlike the shape, more than three axes, a spacing that is not positive, or an unknown option.
 * @example
 * ```ts
 * import { nearestBackground } from "@lossary/distance-map/array";
 *
 * console.log(nearestBackground([0, 1, 1, 1, 0], [5]).join(" ")); // 0 0 0 4 4
 * ```
 * @see {@link distanceTransform}
 */
export function nearestBackground(mask: VoxelArray, shape: Shape, options: NearestOptions = {}): Int32Array {
  checkNames("nearestBackground", options, ["spacing", "out"]);
  const { out, ...rest } = options;
  return planFor("nearestBackground", shape, rest).nearest(mask, out);
}
