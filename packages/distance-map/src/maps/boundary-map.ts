import type { Shape } from "../array/geometry.ts";
import { checkNames } from "../array/options.ts";
import { planFor } from "../array/plan.ts";
import type { VoxelArray } from "../array/voxels.ts";
import type { MapOptions } from "./penalty-map.ts";

/**
 * The signed distance map phi of the boundary loss: negative inside, 0 on the mask's border voxels, and 0 everywhere
 * if the mask is empty or full.
 *
 *     mask  0 0 1 1 1 0 0
 *     phi   2 1 0 -1 0 1 2
 *
 * ```math
 * \phi_i = d_i \ \text{outside}, \qquad \phi_i = \text{step}_i - d_i \ \text{inside}
 * ```
 *
 * With spacing the inner distances lose the voxel's own step, not 1: the spacing of the axis along which its nearest
 * background lies, and d / |o| for an offset o in voxels off the axes. A voxel that touches the background is 0.
 *
 * @param mask Integers or booleans, in C order; foreground is nonzero.
 * @param shape One to three extents, slowest axis first.
 * @param options See {@link MapOptions}.
 * @returns Float32Array, in C order; negative inside.
 * @throws Error on a length unlike the shape, more than three axes, a spacing that is not positive, or an unknown option.
 * @example
 * ```ts
 * import { boundaryMap } from "@lossary/distance-map/array";
 *
 * console.log(boundaryMap([0, 0, 1, 1, 1, 0, 0], [7]).join(" ")); // 2 1 0 -1 0 1 2
 * ```
 * @see H. Kervadec et al.: Boundary loss for highly unbalanced segmentation. MIDL 2019, {@link https://arxiv.org/abs/1812.07032}
 */
export function boundaryMap(mask: VoxelArray, shape: Shape, options: MapOptions = {}): Float32Array {
  checkNames("boundaryMap", options, ["spacing", "backend", "out"]);
  const { out, ...rest } = options;
  return planFor("boundaryMap", shape, { ...rest, zeroAt: "inside", noBackground: "zero" }).signed(mask, out);
}
