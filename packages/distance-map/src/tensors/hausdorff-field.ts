import type { Tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../array/geometry.ts";
import {
  type HausdorffFieldOptions as ArrayOptions,
  hausdorffField as fieldOf,
  settledField,
} from "../maps/hausdorff-field.ts";
import { classMap, classMapAsync, type IgnoringOptions, type LabelOptions, type MaskMap } from "./class-map.ts";
import { type GpuMap, onGpu } from "./on-gpu.ts";

/** Options of {@link hausdorffField}. */
export type HausdorffFieldOptions = LabelOptions & IgnoringOptions & Omit<ArrayOptions, "out">;

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
export function hausdorffField(labels: Tensor, { classes, weights, ...options }: HausdorffFieldOptions = {}): Tensor {
  const read = given(classes, weights);
  return onGpu(labels, fieldOnGpu(read, options)) ?? classMap("hausdorffField", labels, read, fields(options));
}

/** As {@link hausdorffField}, on backends that cannot read back at once too. */
export async function hausdorffFieldAsync(
  labels: Tensor,
  { classes, weights, ...options }: HausdorffFieldOptions = {},
): Promise<Tensor> {
  const read = given(classes, weights);
  return onGpu(labels, fieldOnGpu(read, options)) ?? classMapAsync("hausdorffField", labels, read, fields(options));
}

function fields(options: Omit<ArrayOptions, "out">): (shape: Shape) => MaskMap {
  return (shape) => (mask, out) => void fieldOf(mask, shape, { ...options, out });
}

function fieldOnGpu(read: LabelOptions & IgnoringOptions, options: Omit<ArrayOptions, "out">): GpuMap {
  const { alpha, borderless, ...rest } = settledField(options);
  return { who: "hausdorffField", map: "hausdorff", options: { ...read, ...rest }, alpha, borderless };
}

function given(classes: number | undefined, weights: Tensor | undefined): LabelOptions & IgnoringOptions {
  return { ...(classes !== undefined && { classes }), ...(weights && { weights }) };
}
