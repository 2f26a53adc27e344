import type { Tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../array/geometry.ts";
import type { DistanceOptions } from "../array/options.ts";
import { planFor } from "../array/plan.ts";
import type { SignedOptions } from "../array/sides.ts";
import {
  checkCall,
  classMap,
  classMapAsync,
  type IgnoringOptions,
  type LabelOptions,
  type MaskMap,
} from "./class-map.ts";
import { type GpuMap, onGpu } from "./on-gpu.ts";

/** Options of {@link distanceMap}: as of the array transform, but `noBackground` is `"zero"` by default. */
export type DistanceMapOptions = LabelOptions & IgnoringOptions & DistanceOptions;

/** Options of {@link signedDistanceMap}; `noBackground` is `"zero"` and `zeroAt` is `"inside"` by default. */
export type SignedDistanceMapOptions = LabelOptions & IgnoringOptions & DistanceOptions & SignedOptions;

/**
 * Distance of every voxel inside a class to the nearest voxel outside it; 0 outside, and 0 where a class fills its
 * sample unless `noBackground` says otherwise.
 *
 * ```math
 * d_{ic} = \min_{j : j \notin c} \lVert s \odot (i - j) \rVert_2
 * ```
 *
 * @param labels int32 class indices (with `classes`) or one-hot, see {@link LabelOptions}.
 * @param options See {@link DistanceMapOptions}.
 * @returns float32 `[batch, ...spatial, classes]`, at least 0; constant for every gradient.
 * @throws Error on a backend that cannot read labels back at once where no graphics processor measures, and for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { distanceMap } from "@lossary/distance-map";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * console.log(distanceMap(truth, { classes: 1 }).dataSync().join(" ")); // 0 0 1 2 1 0 0
 * ```
 *
 * @see {@link signedDistanceMap}
 */
export function distanceMap(labels: Tensor, options: DistanceMapOptions = {}): Tensor {
  checkCall("distanceMap", labels, options);
  return (
    onGpu(labels, distanceOnGpu(options)) ?? classMap("distanceMap", labels, options, distances("distanceMap", options))
  );
}

/**
 * As {@link distanceMap}, on backends that cannot read back at once too.
 *
 * @param labels - as there
 * @param options - as there
 * @returns a promise of the same map
 * @throws Error (the promise is rejected) for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { distanceMapAsync } from "@lossary/distance-map";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const map = await distanceMapAsync(truth, { classes: 1 });
 * console.log(map.shape.join(" ")); // 1 7 1
 * ```
 *
 * @see {@link distanceMap}
 */
export async function distanceMapAsync(labels: Tensor, options: DistanceMapOptions = {}): Promise<Tensor> {
  checkCall("distanceMap", labels, options);
  const map = onGpu(labels, distanceOnGpu(options));
  return map ?? classMapAsync("distanceMap", labels, options, distances("distanceMap", options));
}

/**
 * Signed distance of every voxel to the border of every class: negative inside. By default the map phi of the boundary
 * loss: 0 on the inner border voxels, and 0 everywhere for a class that is absent or fills its sample.
 *
 *     mask  0 0 1 1 1 0 0
 *     phi   2 1 0 -1 0 1 2
 *
 * ```math
 * \phi_{ic} = d_{ic} \ \text{outside}, \qquad \phi_{ic} = \text{step}_i - d_{ic} \ \text{inside}
 * ```
 *
 * @param labels int32 class indices (with `classes`) or one-hot, see {@link LabelOptions}.
 * @param options See {@link SignedDistanceMapOptions}.
 * @returns float32 `[batch, ...spatial, classes]`, positive outside, at most 0 inside; constant for every gradient.
 * @throws Error on a backend that cannot read labels back at once where no graphics processor measures, and for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { signedDistanceMap } from "@lossary/distance-map";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * console.log(signedDistanceMap(truth, { classes: 1 }).dataSync().join(" ")); // 2 1 0 -1 0 1 2
 * ```
 *
 * @see H. Kervadec et al.: Boundary loss for highly unbalanced segmentation. MIDL 2019, {@link https://arxiv.org/abs/1812.07032}
 */
export function signedDistanceMap(labels: Tensor, options: SignedDistanceMapOptions = {}): Tensor {
  checkCall("signedDistanceMap", labels, options);
  return (
    onGpu(labels, signedOnGpu(options)) ??
    classMap("signedDistanceMap", labels, options, signed("signedDistanceMap", options))
  );
}

/**
 * As {@link signedDistanceMap}, on backends that cannot read back at once too.
 *
 * @param labels - as there
 * @param options - as there
 * @returns a promise of the same map
 * @throws Error (the promise is rejected) for labels and options that do not fit
 *
 * @example
 * ```ts
 * import { signedDistanceMapAsync } from "@lossary/distance-map";
 * import { tensor } from "@tensorflow/tfjs";
 *
 * const truth = tensor([0, 0, 1, 1, 1, 0, 0], [1, 7], "int32");
 * const map = await signedDistanceMapAsync(truth, { classes: 1 });
 * console.log(map.shape.join(" ")); // 1 7 1
 * ```
 *
 * @see {@link signedDistanceMap}
 */
export async function signedDistanceMapAsync(labels: Tensor, options: SignedDistanceMapOptions = {}): Promise<Tensor> {
  checkCall("signedDistanceMap", labels, options);
  const map = onGpu(labels, signedOnGpu(options));
  return map ?? classMapAsync("signedDistanceMap", labels, options, signed("signedDistanceMap", options));
}

function distanceOnGpu(options: DistanceMapOptions): GpuMap {
  return { who: "distanceMap", map: "distance", options: { noBackground: "zero", ...options } };
}

function signedOnGpu(options: SignedDistanceMapOptions): GpuMap {
  const zeroAt = options.squared ? "between" : "inside";
  return { who: "signedDistanceMap", map: "signed", options: { noBackground: "zero", zeroAt, ...options } };
}

function distances(who: string, { classes, weights, ...options }: DistanceMapOptions): (shape: Shape) => MaskMap {
  return (shape) => {
    const plan = planFor(who, shape, { noBackground: "zero", ...options });
    return (mask, out) => void plan.run(mask, out);
  };
}

function signed(who: string, { classes, weights, ...options }: SignedDistanceMapOptions): (shape: Shape) => MaskMap {
  return (shape) => {
    const zeroAt = options.squared ? "between" : "inside";
    const plan = planFor(who, shape, { noBackground: "zero", zeroAt, ...options });
    return (mask, out) => void plan.signed(mask, out);
  };
}
