import type { Tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../array/geometry.ts";
import { checkNames } from "../array/options.ts";
import { planFor } from "../array/plan.ts";
import { type MapOptions, toPenalties } from "../maps/penalty-map.ts";
import {
  checkCall,
  classMap,
  classMapAsync,
  type IgnoringOptions,
  type LabelOptions,
  type MaskMap,
} from "./class-map.ts";

/** Options of {@link penaltyMap}. */
export type PenaltyMapOptions = LabelOptions & IgnoringOptions & Omit<MapOptions, "out">;

/**
 * The penalty F of the distance-penalised cross entropy for every class: 1 at a class's border, on both sides, and 0
 * at the deepest voxel of each side. An absent class has F = 0; one that fills its sample has F = 1.
 *
 *     mask  0 0 1 1 1 0 0
 *     F     0 1 1 0 1 1 0
 *
 * A voxel's F within its own label's region is the entry of its own class. Voxels that are ignored lie on no side: no distance ends there, they
 * are nobody's deepest, and their F is 0.
 *
 * ```math
 * F_{ic} = \frac{\max d - d_{ic}}{\max d - \min d}
 * ```
 *
 * @param labels int32 class indices (with `classes`) or one-hot, see {@link LabelOptions}.
 * @param options See {@link PenaltyMapOptions}.
 * @returns float32 `[batch, ...spatial, classes]`, from 0 to 1; constant for every gradient.
 * @throws Error on a backend that cannot read labels back at once where no graphics processor measures, and for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { penaltyMap } from "@lossary/distance-map";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * console.log(penaltyMap(truth, { classes: 1 }).dataSync().join(" ")); // 0 1 1 0 1 1 0
 * ```
 *
 * @see F. Caliva et al.: Distance map loss penalty term for semantic segmentation. MIDL 2019, {@link https://arxiv.org/abs/1908.03679}
 */
export function penaltyMap(labels: Tensor, options: PenaltyMapOptions = {}): Tensor {
  checkCall("penaltyMap", labels, options);
  return classMap("penaltyMap", labels, options, distances(options), penalties);
}

/**
 * As {@link penaltyMap}, on backends that cannot read back at once too.
 *
 * @param labels - as there
 * @param options - as there
 * @returns a promise of the same map
 * @throws Error (the promise is rejected) for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { penaltyMapAsync } from "@lossary/distance-map";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const map = await penaltyMapAsync(truth, { classes: 1 });
 * console.log(map.shape.join(" ")); // 1 7 1
 * ```
 *
 * @see {@link penaltyMap}
 */
export async function penaltyMapAsync(labels: Tensor, options: PenaltyMapOptions = {}): Promise<Tensor> {
  checkCall("penaltyMap", labels, options);
  return classMapAsync("penaltyMap", labels, options, distances(options), penalties);
}

function distances({ classes, weights, ...options }: PenaltyMapOptions): (shape: Shape) => MaskMap {
  checkNames("penaltyMap", options, ["spacing", "backend"]);
  return (shape) => (mask, out) => {
    planFor("penaltyMap", shape, { ...options, noBackground: "zero" }).labels(mask, out);
  };
}

function penalties(mask: Uint8Array, out: Float32Array, ignored?: Uint8Array): void {
  toPenalties(out, mask, ignored);
  if (!mask.some((inside, voxel) => inside && !ignored?.[voxel])) out.fill(0);
}
