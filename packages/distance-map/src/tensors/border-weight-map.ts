import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import { connectedComponents } from "../array/connected-components.ts";
import type { Shape } from "../array/geometry.ts";
import { type BorderWeightOptions, borderWeightMap as weightsOf } from "../maps/border-weight-map.ts";
import {
  checkCall,
  classMap,
  classMapAsync,
  expectReadable,
  indexedSpatial,
  type LabelOptions,
  type MaskMap,
  sizeOf,
} from "./class-map.ts";

/** Options of {@link borderWeightMap}. */
export interface BorderWeightMapOptions extends LabelOptions, Omit<BorderWeightOptions, "out"> {
  /**
   * Labels are int32 object numbers, 0 between them, and the result is `[batch, ...spatial]`, ready to be the `weights`
   * of a loss. Otherwise a class's objects are the connected components of its mask. @defaultValue false
   */
  objects?: boolean;
}

/**
 * The U-Net's weight map, which is high in narrow gaps between objects.
 *
 * ```math
 * w_i = 1 + w_0 \exp(-(d_1 + d_2)^2 / 2 \sigma^2)
 * ```
 *
 * d1 and d2 are the distances to the nearest two objects. Range [1, 1 + w0]; 1 inside of objects, and where there are fewer than two.
 *
 * @param labels Objects, or int32 class indices (with `classes`) or one-hot, see {@link LabelOptions}.
 * @param options See {@link BorderWeightMapOptions}.
 * @returns float32 `[batch, ...spatial, classes]`, or `[batch, ...spatial]` with `objects`; from 1 to 1 + w0; constant for every gradient.
 * @throws Error on a backend that cannot read labels back at once, and for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { borderWeightMap } from "@lossary/distance-map";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const objects = tensor([1, 1, 0, 2, 2], [1, 5], "int32");
 * borderWeightMap(objects, { objects: true, sigma: 2 }).print(); // 1, 1, 7.0653, 1, 1
 * ```
 *
 * @see O. Ronneberger, P. Fischer, T. Brox: U-Net. MICCAI 2015, {@link https://arxiv.org/abs/1505.04597}
 */
export function borderWeightMap(labels: Tensor, options: BorderWeightMapOptions = {}): Tensor {
  const who = "borderWeightMap";
  checkCall(who, labels, options);
  const { objects = false, classes, ...rest } = options;
  if (!objects) return classMap(who, labels, classes === undefined ? {} : { classes }, classWeights(rest));
  const spatial = objectSpatial(labels, classes);
  expectReadable(who);
  return objectWeights(labels, spatial, labels.dataSync() as Int32Array, rest);
}

/**
 * As {@link borderWeightMap}, on backends that cannot read back at once too.
 *
 * @param labels - as there
 * @param options - as there
 * @returns a promise of the same map
 * @throws Error (the promise is rejected) for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { borderWeightMapAsync } from "@lossary/distance-map";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const map = await borderWeightMapAsync(truth, { classes: 1 });
 * console.log(map.shape.join(" ")); // 1 7 1
 * ```
 *
 * @see {@link borderWeightMap}
 */
export async function borderWeightMapAsync(labels: Tensor, options: BorderWeightMapOptions = {}): Promise<Tensor> {
  checkCall("borderWeightMap", labels, options);
  const { objects = false, classes, ...rest } = options;
  if (!objects) {
    return classMapAsync("borderWeightMap", labels, classes === undefined ? {} : { classes }, classWeights(rest));
  }
  const spatial = objectSpatial(labels, classes);
  return objectWeights(labels, spatial, (await labels.data()) as Int32Array, rest);
}

function classWeights(options: BorderWeightOptions): (shape: Shape) => MaskMap {
  return (shape) => (mask, out) => {
    weightsOf(connectedComponents(mask, shape, { connectivity: "corner" }).labels, shape, { ...options, out });
  };
}

function objectSpatial(labels: Tensor, classes: number | undefined): number[] {
  const spatial = indexedSpatial(labels.shape);
  if (labels.dtype !== "int32" || classes !== undefined || spatial.length < 1 || spatial.length > 3) {
    const got = `got ${labels.dtype} [${labels.shape.join(",")}]`;
    throw new Error(`borderWeightMap: objects must be int32 [batch, ...spatial], without the option classes (${got})`);
  }
  return spatial;
}

function objectWeights(labels: Tensor, spatial: number[], values: Int32Array, options: BorderWeightOptions): Tensor {
  const batch = labels.shape[0] ?? 0;
  const voxels = sizeOf(spatial);
  const result = new Float32Array(batch * voxels);
  for (let first = 0; first < result.length; first += voxels) {
    const out = result.subarray(first, first + voxels);
    weightsOf(values.subarray(first, first + voxels), spatial, { ...options, out });
  }
  return tensor(result, [batch, ...spatial], "float32");
}
