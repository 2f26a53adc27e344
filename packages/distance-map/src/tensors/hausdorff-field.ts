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
 * ```math
 * f_{ic} = d_{ic}^\alpha
 * ```
 *
 * @param labels int32 class indices (with `classes`), one-hot, or probabilities, whose mask is p > 0.5.
 * @param options See {@link HausdorffFieldOptions}.
 * @returns float32 `[batch, ...spatial, classes]`, at least 0; constant for every gradient.
 * @throws Error on a backend that cannot read labels back at once where no graphics processor measures, and for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { hausdorffField } from "@lossary/distance-map";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * console.log(hausdorffField(truth, { classes: 1, alpha: 2 }).dataSync().join(" ")); // 4 1 1 4 1 1 4
 * ```
 *
 * @see D. Karimi, S. E. Salcudean: Reducing the Hausdorff distance in medical image segmentation with convolutional neural networks. IEEE TMI
 * 2020, {@link https://arxiv.org/abs/1904.10030}
 */
export function hausdorffField(labels: Tensor, options: HausdorffFieldOptions = {}): Tensor {
  checkCall("hausdorffField", labels, options);
  const [read, others] = apart(options);
  return onGpu(labels, fieldOnGpu(read, others)) ?? classMap("hausdorffField", labels, read, fields(others));
}

/**
 * As {@link hausdorffField}, on backends that cannot read back at once too.
 *
 * @param labels - as there
 * @param options - as there
 * @returns a promise of the same map
 * @throws Error (the promise is rejected) for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { hausdorffFieldAsync } from "@lossary/distance-map";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const map = await hausdorffFieldAsync(truth, { classes: 1 });
 * console.log(map.shape.join(" ")); // 1 7 1
 * ```
 *
 * @see {@link hausdorffField}
 */
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
