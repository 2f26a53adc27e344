import type { Geometry } from "./geometry.ts";
import type { Finish, Settings } from "./options.ts";
import { createPortableTransform } from "./portable.ts";
import type { VoxelArray } from "./voxels.ts";
import { createWasmTransform, fitsModule } from "./wasm.ts";
import { distanceModule } from "./wasm-module.ts";

/** One implementation of the two transforms for one shape, with its scratch. Arguments are checked already. */
export interface Transform {
  readonly backend: "wasm" | "typescript";
  /** Distance of every nonzero voxel to the nearest zero one; zero for the others. */
  transformMask(source: VoxelArray, out: Float32Array, end: Finish): void;
  /** Distance of every voxel to the nearest one with another label; with `sides`, of a mask's two sides only. */
  transformLabels(source: VoxelArray, out: Float32Array, end: Finish, sides: boolean): void;
}

/** @returns the transform that `settings.backend` chooses. */
export function createTransform(who: string, geometry: Geometry, settings: Settings): Transform {
  const { backend } = settings;
  if (backend !== "typescript" && fitsModule(geometry)) {
    const module = distanceModule();
    if (module) return createWasmTransform(module, geometry, settings);
    if (backend === "wasm") throw new Error(`${who}: WebAssembly with SIMD is not to be had here; choose "auto"`);
  }
  return createPortableTransform(geometry, settings);
}
