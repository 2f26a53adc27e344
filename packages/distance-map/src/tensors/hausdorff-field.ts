import type { Tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../array/geometry.ts";
import { hausdorffField as fieldOf, type HausdorffOptions, settledField } from "../maps/hausdorff-field.ts";
import {
  checkCall,
  classMap,
  classMapAsync,
  type IgnoringOptions,
  type LabelOptions,
  type MaskMap,
} from "./class-map.ts";
import { type GpuMap, onGpu } from "./on-gpu.ts";

/** Options of {@link hausdorffField}. */
export type HausdorffFieldOptions = LabelOptions & IgnoringOptions & Omit<HausdorffOptions, "out">;

/**
 * Distance of every voxel to the other side of every class's border, inside and outside, to the power `alpha`
 * (default 1). A class without a border, absent or filling its sample, has the constant field `borderless` (default 1).
 *
 *     mask   0 0 1 1 1 0 0
 *     field  2 1 1 2 1 1 2
 *
 * @param labels int32 class indices (with `classes`), one-hot, or probabilities, whose mask is p > 0.5.
 * @returns float32 `[batch, ...spatial, classes]`, constant for every gradient.
 */
export function hausdorffField(labels: Tensor, options: HausdorffFieldOptions = {}): Tensor {
  checkCall("hausdorffField", labels, options);
  const [read, others] = apart(options);
  return onGpu(labels, fieldOnGpu(read, others)) ?? classMap("hausdorffField", labels, read, fields(others));
}

/** As {@link hausdorffField}, on backends that cannot read back at once too. */
export async function hausdorffFieldAsync(labels: Tensor, options: HausdorffFieldOptions = {}): Promise<Tensor> {
  checkCall("hausdorffField", labels, options);
  const [read, others] = apart(options);
  return onGpu(labels, fieldOnGpu(read, others)) ?? classMapAsync("hausdorffField", labels, read, fields(others));
}

function fields(options: Omit<HausdorffOptions, "out">): (shape: Shape) => MaskMap {
  return (shape) => (mask, out) => void fieldOf(mask, shape, { ...options, out });
}

function fieldOnGpu(read: LabelOptions & IgnoringOptions, options: Omit<HausdorffOptions, "out">): GpuMap {
  const { alpha, borderless, ...rest } = settledField(options);
  return { who: "hausdorffField", map: "hausdorff", options: { ...read, ...rest }, alpha, borderless };
}

/** What is said of the labels, and what is asked for. */
function apart({ classes, weights, ...others }: HausdorffFieldOptions) {
  const read: LabelOptions & IgnoringOptions = {
    ...(classes !== undefined && { classes }),
    ...(weights && { weights }),
  };
  return [read, others] as const;
}
