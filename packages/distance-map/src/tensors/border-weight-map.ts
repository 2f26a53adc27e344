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
 * The U-Net's weight map 1 + w0 exp(-(d1 + d2)^2 / 2 sigma^2), which is high in narrow gaps between objects.
 *
 * @param labels Objects, or int32 class indices (with `classes`) or one-hot, see {@link LabelOptions}.
 * @returns float32 `[batch, ...spatial, classes]`, or `[batch, ...spatial]` with `objects`; constant for every gradient.
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

/** As {@link borderWeightMap}, on backends that cannot read back at once too. */
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
