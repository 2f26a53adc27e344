import type { NamedAttrMap } from "@tensorflow/tfjs-core";
import type { FusedKernels, VoxelArrays } from "./fused-kernels.ts";

/** Fills a result from the arrays of a call. */
type Fill = (kernels: FusedKernels, given: VoxelArrays, result: Float32Array, call: ArrayCall) => void;

/** What one kernel is beside its name: the shape of its result, and how it is filled. */
export interface ArrayKernel {
  readonly shape: (
    sizes: readonly [batch: number, voxels: number, classes: number],
    attributes: NamedAttrMap,
  ) => number[];
  readonly fill: Fill;
}

/** The arrays of a call by the names of its inputs, read when they are asked for. */
export interface ArrayCall {
  readonly attributes: NamedAttrMap;
  readonly floats: (name: string) => Float32Array;
  readonly has: (name: string) => boolean;
}
