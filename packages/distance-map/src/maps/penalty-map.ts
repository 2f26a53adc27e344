import type { Shape } from "../array/geometry.ts";
import { type BackendChoice, checkNames } from "../array/options.ts";
import { planFor } from "../array/plan.ts";
import type { VoxelArray } from "../array/voxels.ts";

/** Options of the maps whose values do not depend on anything but the mask and its geometry. */
export interface MapOptions {
  /** Distance between neighbouring voxel centres, one number or one per axis. @defaultValue 1 */
  spacing?: number | readonly number[];
  /** Which implementation computes the distances. @defaultValue "auto" */
  backend?: BackendChoice;
  /** A caller's array for the result. @defaultValue a new array */
  out?: Float32Array;
}

/**
 * The penalty F of the distance-penalised cross entropy: 1 at the border of a voxel's own label region, 0 at its
 * deepest voxel.
 *
 * ```math
 * F_i = (\max d - d_i) / (\max d - \min d)
 * ```
 *
 * d is the distance to the nearest voxel of another label, its extremes those of the voxel's own label. A region whose
 * distances are all equal, and one that fills the array, has F = 1.
 *
 *     labels  0 0 1 1 1 0 0
 *     F       0 1 1 0 1 1 0
 *
 * Range [0, 1].
 *
 * @param labels Integers or booleans, in C order.
 * @param shape One to three extents, slowest axis first.
 * @param options See {@link MapOptions}.
 * @returns Float32Array, in C order.
 * @throws Error on a length unlike the shape, more than three axes, a spacing that is not positive, or an unknown option.
 * @example
 * ```ts
 * import { penaltyMap } from "@lossary/distance-map/array";
 *
 * console.log(penaltyMap([0, 0, 1, 1, 1, 0, 0], [7]).join(" ")); // 0 1 1 0 1 1 0
 * ```
 * @see F. Caliva et al.: Distance map loss penalty term for semantic segmentation. MIDL 2019, {@link https://arxiv.org/abs/1908.03679}
 */
export function penaltyMap(labels: VoxelArray, shape: Shape, options: MapOptions = {}): Float32Array {
  checkNames("penaltyMap", options, ["spacing", "backend", "out"]);
  const { out, ...rest } = options;
  const map = planFor("penaltyMap", shape, { ...rest, noBackground: "zero" }).labels(labels, out);
  toPenalties(map, labels);
  return map;
}

/** Turns distances to other labels into penalties, in place; ignored voxels, marked with 1, take no part and have none. */
export function toPenalties(map: Float32Array, labels: VoxelArray, ignored?: Uint8Array): void {
  const slots = new Map<unknown, number>();
  const nearest: number[] = [];
  const deepest: number[] = [];
  forEachVoxel(labels, slots, (voxel, slot) => {
    if (ignored?.[voxel]) return;
    const distance = map[voxel] as number;
    nearest[slot] = Math.min(nearest[slot] ?? Infinity, distance);
    deepest[slot] = Math.max(deepest[slot] ?? 0, distance);
  });
  forEachVoxel(labels, slots, (voxel, slot) => {
    const most = deepest[slot] as number;
    const range = most - (nearest[slot] as number);
    if (ignored?.[voxel]) map[voxel] = 0;
    else map[voxel] = range === 0 ? 1 : (most - (map[voxel] as number)) / range;
  });
}

/** Visits every voxel with the number of its label; equal neighbours spare the look-up. */
function forEachVoxel(
  labels: VoxelArray,
  slots: Map<unknown, number>,
  visit: (voxel: number, slot: number) => void,
): void {
  let last: unknown;
  let slot = -1;
  for (let voxel = 0; voxel < labels.length; voxel++) {
    const label = labels[voxel];
    if (slot < 0 || label !== last) {
      last = label;
      slot = slots.get(label) ?? slots.size;
      slots.set(label, slot);
    }
    visit(voxel, slot);
  }
}
