import type { Shape } from "./geometry.ts";
import { checkOptions, type DistanceOptions } from "./options.ts";
import { planFor } from "./plan.ts";
import type { SignedOptions } from "./sides.ts";
import type { VoxelArray } from "./voxels.ts";

/** A caller's array for the result, of which the first elements are written. */
export interface DistanceOutput {
  /** A caller's array for the result. @defaultValue a new array */
  out?: Float32Array;
}

/**
 * Distance of every foreground voxel to the nearest background voxel, from centre to centre; 0 on the background.
 * Foreground is whatever is not zero, as in scipy (MATLAB's `bwdist` measures the other side):
 *
 *     mask      0 0 1 1 1 0 0
 *     distance  0 0 1 2 1 0 0
 *
 * ```math
 * d_i = \min_{j \in B} \lVert s \odot (i - j) \rVert_2
 * ```
 *
 * B is the background and s the spacing. Range [0, ∞); a mask without background has the distance `noBackground`.
 *
 * Exact: with unit spacing every value is the correctly rounded float32 of the true distance, at any size. With other
 * spacings, and for squared distances above 2^24, it is within one unit in the last place; squared distances of volumes
 * with unequal spacing within two.
 *
 * @param mask Integers or booleans, in C order.
 * @param shape One to three extents, slowest axis first. An extent of zero gives an empty result.
 * @param options See {@link DistanceOptions}. `out` takes the result and is returned.
 * @returns Float32Array of one distance a voxel, in C order.
 * @throws Error on a length unlike the shape, more than three axes, a spacing that is not positive, or an unknown option.
 * @example
 * ```ts
 * import { distanceTransform } from "@lossary/distance-map/array";
 *
 * console.log(distanceTransform([0, 1, 1, 1], [4]).join(" ")); // 0 1 2 3
 * ```
 * @see Pedro F. Felzenszwalb, Daniel P. Huttenlocher: Distance transforms of sampled functions. Theory of Computing 2012, {@link https://doi.org/10.4086/toc.2012.v008a019}
 */
export function distanceTransform(
  mask: VoxelArray,
  shape: Shape,
  options: DistanceOptions & DistanceOutput = {},
): Float32Array {
  const { out, ...rest } = plain("distanceTransform", options);
  return planFor("distanceTransform", shape, rest).run(mask, out);
}

/**
 * Distance of every voxel to the nearest voxel with another label, all labels in one pass. Label 0 is a label like any
 * other; with `border: "background"` it also stands beyond the array's ends.
 *
 *     labels    3 3 3 5 5 0
 *     distance  3 2 1 1 1 1
 *
 * ```math
 * d_i = \min_{j : l_j \ne l_i} \lVert s \odot (i - j) \rVert_2
 * ```
 *
 * Range (0, ∞), the spacing at least.
 *
 * @param labels Integers or booleans, in C order.
 * @param shape As in {@link distanceTransform}.
 * @param options `noBackground` is the distance where there is one label alone.
 * @returns Float32Array of one distance a voxel, in C order.
 * @throws Error on a length unlike the shape, more than three axes, a spacing that is not positive, or an unknown option.
 * @example
 * ```ts
 * import { labelDistanceTransform } from "@lossary/distance-map/array";
 *
 * console.log(labelDistanceTransform([3, 3, 3, 5, 5, 0], [6]).join(" ")); // 3 2 1 1 1 1
 * ```
 * @see {@link distanceTransform}
 */
export function labelDistanceTransform(
  labels: VoxelArray,
  shape: Shape,
  options: DistanceOptions & DistanceOutput = {},
): Float32Array {
  const { out, ...rest } = plain("labelDistanceTransform", options);
  return planFor("labelDistanceTransform", shape, rest).labels(labels, out);
}

/**
 * Signed distance to the other side of a mask's border: negative inside, positive outside.
 *
 *     mask               0 0 1 1 1 0 0
 *     zeroAt "between"   2 1 -1 -2 -1 1 2
 *     zeroAt "inside"    2 1 0 -1 0 1 2
 *
 * ```math
 * \phi_i = \begin{cases} d_i & \text{outside} \\ -d_i & \text{inside} \end{cases}
 * ```
 *
 * d is the distance to the nearest voxel of the other side; `zeroAt: "inside"` takes the voxel's own step off inside. Range (-∞, ∞).
 *
 * @param mask As in {@link distanceTransform}.
 * @param shape As in {@link distanceTransform}.
 * @param options `noBackground` is the distance, with the side's sign, where the mask is empty or full.
 * @returns Float32Array of one distance a voxel, in C order.
 * @throws Error on a length unlike the shape, more than three axes, a spacing that is not positive, or an unknown option.
 * @example
 * ```ts
 * import { signedDistanceTransform } from "@lossary/distance-map/array";
 *
 * console.log(signedDistanceTransform([0, 0, 1, 1, 1, 0, 0], [7]).join(" ")); // 2 1 -1 -2 -1 1 2
 * ```
 * @see {@link distanceTransform}
 */
export function signedDistanceTransform(
  mask: VoxelArray,
  shape: Shape,
  options: DistanceOptions & SignedOptions & DistanceOutput = {},
): Float32Array {
  checkOptions("signedDistanceTransform", options);
  const { out, ...rest } = options;
  return planFor("signedDistanceTransform", shape, rest).signed(mask, out);
}

/** `zeroAt` belongs to the signed transform alone. */
function plain<Options extends DistanceOptions>(who: string, options: Options): Options {
  checkOptions(who, options);
  if ("zeroAt" in options) throw new TypeError(`${who}: zeroAt is an option of signedDistanceTransform`);
  return options;
}
