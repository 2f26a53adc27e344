import type { Tensor } from "@tensorflow/tfjs-core";
import { type HausdorffFieldOptions as ArrayOptions, hausdorffField as fieldOf } from "../maps/hausdorff-field.ts";
import { classMap, classMapAsync, type IgnoringOptions, type LabelOptions } from "./class-map.ts";

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
  return classMap("hausdorffField", labels, given(classes, weights), (shape) => (mask, out) => {
    fieldOf(mask, shape, { ...options, out });
  });
}

/** As {@link hausdorffField}, on backends that cannot read back at once too. */
export async function hausdorffFieldAsync(
  labels: Tensor,
  { classes, weights, ...options }: HausdorffFieldOptions = {},
): Promise<Tensor> {
  return classMapAsync("hausdorffField", labels, given(classes, weights), (shape) => (mask, out) => {
    fieldOf(mask, shape, { ...options, out });
  });
}

function given(classes: number | undefined, weights: Tensor | undefined): LabelOptions & IgnoringOptions {
  return { ...(classes !== undefined && { classes }), ...(weights && { weights }) };
}
