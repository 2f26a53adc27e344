import { createGeometry, describe, isAmount, type Shape } from "../array/geometry.ts";
import { checkBackend, checkNames } from "../array/options.ts";
import { planFor } from "../array/plan.ts";
import { checkVoxels, outputFor, type VoxelArray } from "../array/voxels.ts";
import { boxShape, objectBoxes, voxelsIn } from "./object-boxes.ts";
import type { MapOptions } from "./penalty-map.ts";

/** Options of the border weight map. */
export interface BorderWeightOptions extends MapOptions {
  /** Weight of a gap of no width, above 1. @defaultValue 10 */
  w0?: number;
  /** Width of the gaps that matter, in units of `spacing`. @defaultValue 5 */
  sigma?: number;
}

/**
 * The U-Net's weight map, which makes the narrow gaps between touching objects cost more.
 *
 * ```math
 * w_i = 1 + w_0 \exp(-(d_1 + d_2)^2 / 2 \sigma^2)
 * ```
 *
 * d1 and d2 are a background voxel's distances to the nearest and to the second nearest object; an object's own voxels,
 * and all voxels where there are fewer than two objects, weigh 1.
 *
 * @param objects One label per object, 0 between them; {@link connectedComponents} makes them of a mask.
 * @param shape One to three extents, slowest axis first.
 * @param options See {@link BorderWeightOptions}.
 * @returns Float32Array, in C order; from 1 to 1 + w0.
 * @throws Error on a length unlike the shape, more than three axes, a spacing that is not positive, or an unknown option.
 * @example
 * ```ts
 * import { borderWeightMap } from "@lossary/distance-map/array";
 *
 * console.log([...borderWeightMap([1, 1, 0, 2, 2], [5], { sigma: 2 })].map((w) => w.toFixed(2)).join(" ")); // 1.00 1.00 7.07 1.00 1.00
 * ```
 * @see O. Ronneberger, P. Fischer, T. Brox: U-Net. MICCAI 2015, {@link https://arxiv.org/abs/1505.04597}
 */
export function borderWeightMap(objects: VoxelArray, shape: Shape, options: BorderWeightOptions = {}): Float32Array {
  const who = "borderWeightMap";
  checkNames(who, options, ["spacing", "backend", "out", "w0", "sigma"]);
  const { w0 = 10, sigma = 5, backend = "auto" } = options;
  const geometry = createGeometry(who, shape, options.spacing);
  if (!isAmount(w0)) throw new RangeError(`${who}: w0 must be a number >= 0 (got ${describe(w0)})`);
  if (!isAmount(sigma) || sigma === 0) throw new RangeError(`${who}: sigma must be above 0 (got ${describe(sigma)})`);
  checkBackend(who, backend);
  checkVoxels(who, "objects", objects, geometry.voxels);
  const weights = outputFor(who, options.out, geometry.voxels, objects);

  const second = new Float32Array(geometry.voxels).fill(Infinity);
  const first = weights.fill(Infinity, 0, geometry.voxels);
  // farther than 6 sigma the term is below 2e-8 w0: an object's neighbourhood is enough
  for (const [label, box] of objectBoxes(objects, geometry, 6 * sigma)) {
    const voxels = voxelsIn(box, geometry);
    const outside = Uint8Array.from(voxels, (voxel) => (objects[voxel] === label ? 0 : 1));
    const distances = planFor(who, boxShape(box, geometry), { spacing: geometry.spacing, backend }).run(outside);
    voxels.forEach((voxel, i) => {
      const distance = distances[i] as number;
      if (distance < (first[voxel] as number)) {
        second[voxel] = first[voxel] as number;
        first[voxel] = distance;
      } else if (distance < (second[voxel] as number)) {
        second[voxel] = distance;
      }
    });
  }
  for (let voxel = 0; voxel < geometry.voxels; voxel++) {
    const gap = (first[voxel] as number) + (second[voxel] as number);
    const between = objects[voxel] ? 0 : Math.exp((-gap * gap) / (2 * sigma * sigma));
    weights[voxel] = 1 + w0 * between;
  }
  return weights;
}
