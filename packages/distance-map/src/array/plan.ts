import { createGeometry, describe, type Shape } from "./geometry.ts";
import { createNearest, type NearestWriter } from "./nearest.ts";
import { checkOptions, createSettings, type DistanceOptions } from "./options.ts";
import { createSides, type SignedOptions } from "./sides.ts";
import { createTransform } from "./transform.ts";
import { checkRoom, checkVoxels, outputFor, type VoxelArray } from "./voxels.ts";

/** The options of a plan: those of the transforms that it repeats. */
export type DistancePlanOptions = DistanceOptions & SignedOptions;

/** Distance transforms of one shape with scratch memory kept between calls. With `out` a warm call allocates no array. */
export interface DistancePlan {
  /** What the plan was made for. */
  readonly shape: Shape;
  /** The implementation that runs. */
  readonly backend: "wasm" | "typescript";
  /** @see {@link distanceTransform} */
  run(mask: VoxelArray, out?: Float32Array): Float32Array;
  /** @see {@link labelDistanceTransform} */
  labels(labels: VoxelArray, out?: Float32Array): Float32Array;
  /** @see {@link signedDistanceTransform} */
  signed(mask: VoxelArray, out?: Float32Array): Float32Array;
  /** @see {@link nearestBackground} */
  nearest(mask: VoxelArray, out?: Int32Array): Int32Array;
}

/**
 * Prepares repeated transforms of arrays of one shape.
 *
 * @param shape One to three extents, slowest axis first.
 * @param options As of the single transforms.
 * @returns the plan; what its functions return is what the single transforms do.
 * @throws Error on more than three axes, a spacing that is not positive, or an unknown option; `run` and the others on a length unlike the shape.
 * @example
 * ```ts
 * import { createDistancePlan } from "@lossary/distance-map/array";
 *
 * const plan = createDistancePlan([2, 3], { spacing: [2, 1] });
 * const distances = new Float32Array(6);
 * for (const mask of [[0, 1, 1, 0, 1, 1], [0, 1, 1, 1, 1, 1]]) plan.run(mask, distances);
 * console.log(distances.join(" ")); // 0 1 2 2 2.2360680103302 2.8284270763397217
 * ```
 */
export function createDistancePlan(shape: Shape, options: DistancePlanOptions = {}): DistancePlan {
  return planFor("createDistancePlan", shape, options);
}

/** A plan whose errors name the function that the caller called. */
export function planFor(who: string, shape: Shape, options: DistancePlanOptions): DistancePlan {
  checkOptions(who, options);
  const geometry = createGeometry(who, shape, options.spacing);
  const settings = createSettings(who, geometry, options, ["zeroAt"]);
  const signedParts = createSides(who, geometry, settings, options);
  const { voxels } = geometry;
  const transform = createTransform(who, geometry, settings);
  let writeNearest: NearestWriter | undefined;

  return {
    shape: geometry.shape,
    backend: transform.backend,
    run(mask, out) {
      checkVoxels(who, "mask", mask, voxels);
      const result = outputFor(who, out, voxels, mask);
      if (voxels > 0) transform.transformMask(mask, result, settings);
      return result;
    },
    labels(labels, out) {
      checkVoxels(who, "labels", labels, voxels);
      const result = outputFor(who, out, voxels, labels);
      if (voxels > 0) transform.transformLabels(labels, result, settings, false);
      return result;
    },
    signed(mask, out) {
      checkVoxels(who, "mask", mask, voxels);
      const result = outputFor(who, out, voxels, mask);
      if (voxels > 0) {
        transform.transformLabels(mask, result, signedParts.unsigned, true);
        signedParts.apply(mask, result);
      }
      return result;
    },
    nearest(mask, out) {
      checkVoxels(who, "mask", mask, voxels);
      const result = out ?? new Int32Array(voxels);
      if (!(result instanceof Int32Array))
        throw new TypeError(`${who}: out must be an Int32Array (got ${describe(result)})`);
      checkRoom(who, result, voxels, mask);
      if (voxels > 0) {
        writeNearest ??= createNearest(geometry);
        writeNearest(mask, result);
      }
      return result;
    },
  };
}
