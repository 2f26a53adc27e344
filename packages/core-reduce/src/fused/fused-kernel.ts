import type { NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../loss.ts";
import type { GpuCall } from "./gpu/voxel-programs.ts";
import type { SimdModule } from "./simd-module.ts";
import type { Simd } from "./simd-tiles.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** A kernel of tfjs in each of the fused forms that it has; where a backend has none of them, the portable implementation runs. */
export interface FusedKernel {
  /** The name under which tfjs knows it. */
  readonly name: string;
  /** On backends whose tensors are arrays. */
  readonly arrays?: ArrayKernel;
  /** On graphics processors. */
  readonly gpu?: (call: GpuCall) => TensorInfo | TensorInfo[];
  /** Whether its programs need whole floats, and the portable implementation runs where there are half ones alone. */
  readonly needsWholeFloats?: boolean;
}

/** Both passes of a reduction. */
export interface FusedReduction {
  readonly forward: FusedKernel;
  readonly backward: FusedKernel;
}

/** The shape of a result, and how it is filled. */
export interface ArrayKernel {
  readonly shape: (
    sizes: readonly [batch: number, voxels: number, classes: number],
    attributes: NamedAttrMap,
  ) => number[];
  /** The shape of a second result, where there is one. */
  readonly mapShape?: (sizes: readonly [batch: number, voxels: number, classes: number]) => number[];
  /** Whether the loops of a forward pass leave something for its backward pass, where there is no module. */
  readonly leaves?: boolean;
  /** By plain loops in double precision. */
  readonly loops: (given: VoxelArrays, result: Float32Array, call: ArrayCall) => void;
  /** By a WebAssembly module. */
  readonly simd?: {
    readonly module: SimdModule;
    /** A forward pass returns true where what it leaves holds the labels too. */
    readonly fill: (simd: Simd, given: VoxelArrays, result: Float32Array, call: ArrayCall) => unknown;
    /** Whether a forward pass can leave something for its backward pass, which then makes the gradient of it where it stands. */
    readonly leaves?: (activation: Activation, call: ArrayCall) => boolean;
  };
}

/** The arrays of a call by the names of its inputs, read when they are asked for. */
export interface ArrayCall {
  readonly attributes: NamedAttrMap;
  readonly floats: (name: string) => Float32Array;
  readonly integers: (name: string) => Int32Array;
  readonly has: (name: string) => boolean;
}
