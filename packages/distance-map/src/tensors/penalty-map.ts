import type { Tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../array/geometry.ts";
import { type MapOptions, penaltyMap as penaltyOf } from "../maps/penalty-map.ts";
import { classMap, classMapAsync, type LabelOptions, type MaskMap } from "./class-map.ts";

/** Options of {@link penaltyMap}. */
export type PenaltyMapOptions = LabelOptions & Omit<MapOptions, "out">;

/**
 * The penalty F of the distance-penalised cross entropy for every class: 1 at a class's border, on both sides, and 0
 * at the deepest voxel of each side. An absent class has F = 0; one that fills its sample has F = 1.
 *
 *     mask  0 0 1 1 1 0 0
 *     F     0 1 1 0 1 1 0
 *
 * A voxel's F within its own label's region is the entry of its own class.
 *
 * @param labels int32 class indices (with `classes`) or one-hot, see {@link LabelOptions}.
 * @returns float32 `[batch, ...spatial, classes]`, constant for every gradient.
 */
export function penaltyMap(labels: Tensor, { classes, ...options }: PenaltyMapOptions = {}): Tensor {
  return classMap("penaltyMap", labels, classes === undefined ? {} : { classes }, penalties(options));
}

/** As {@link penaltyMap}, on backends that cannot read back at once too. */
export async function penaltyMapAsync(
  labels: Tensor,
  { classes, ...options }: PenaltyMapOptions = {},
): Promise<Tensor> {
  return classMapAsync("penaltyMap", labels, classes === undefined ? {} : { classes }, penalties(options));
}

function penalties(options: Omit<MapOptions, "out">): (shape: Shape) => MaskMap {
  return (shape) => (mask, out) => {
    penaltyOf(mask, shape, { ...options, out });
    if (!mask.includes(1)) out.fill(0);
  };
}
