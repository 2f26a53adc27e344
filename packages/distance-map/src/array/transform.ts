import type { Geometry } from "./geometry.ts";
import type { Finish, Settings } from "./options.ts";
import { createPortableTransform } from "./portable.ts";
import type { VoxelArray } from "./voxels.ts";

/** One implementation of the two transforms for one shape, with its scratch. Arguments are checked already. */
export interface Transform {
  readonly backend: "wasm" | "typescript";
  /** Distance of every nonzero voxel to the nearest zero one; zero for the others. */
  transformMask(source: VoxelArray, out: Float32Array, end: Finish): void;
  /** Distance of every voxel to the nearest one with another label; with `sides`, of a mask's two sides only. */
  transformLabels(source: VoxelArray, out: Float32Array, end: Finish, sides: boolean): void;
}

/** @returns the transform that `settings.backend` chooses. */
export function createTransform(geometry: Geometry, settings: Settings): Transform {
  return createPortableTransform(geometry, settings);
}
