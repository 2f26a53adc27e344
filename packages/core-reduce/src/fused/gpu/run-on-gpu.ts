import { getBackend, scalar, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { runConstant } from "../../kernel.ts";
import { hasRefused } from "../withdraw.ts";
import { hasHalfFloatsAlone } from "./half-floats.ts";
import type { GpuBackend } from "./register.ts";
import type { GpuCall } from "./voxel-programs.ts";

/** A kernel for graphics processors of which nobody asks a gradient. */
export interface GpuKernel {
  /** The name under which tfjs knows it; one for each `run`. */
  readonly name: string;
  /** Runs programs over the inputs; keeps nothing but the result. */
  readonly run: (call: GpuCall) => TensorInfo;
}

/**
 * Runs a kernel on the graphics processor of the current backend, without reading anything back.
 *
 * @param kernel - see {@link GpuKernel}
 * @param inputs - gives the tensors by the names under which programs read them; called where there is a graphics processor
 * @param attributes - plain values for `kernel.run`
 * @returns the result, constant for every gradient; nothing where there is no graphics processor, where it has half floats alone, or where it has
 * refused a program
 *
 * @example
 * ```ts
 * import { type GpuKernel, runOnGpu } from "@lossary/core-reduce";
 * import { mul, type TensorInfo, tensor3d } from "@tensorflow/tfjs";
 *
 * const doubled: GpuKernel = {
 *   name: "Doubled",
 *   run: ({ gpu, inputs }) =>
 *     gpu.run({
 *       name: "doubled",
 *       source: "fn valueAt(n: i32, i: i32, c: i32) -> f32 { return 2.0 * getX(n, i, c); }",
 *       inputs: { x: inputs.x as TensorInfo },
 *       integers: {},
 *       shape: [1, 2, 1],
 *       width: 1,
 *     }),
 * };
 * const x = tensor3d([[[1], [3]]]);
 * const result = runOnGpu(doubled, () => ({ x }), {}) ?? mul(x, 2);
 * result.print(); // 2, 6
 * ```
 */
export function runOnGpu(
  kernel: GpuKernel,
  inputs: () => Readonly<Record<string, Tensor | undefined>>,
  attributes: object,
): Tensor | undefined {
  if (!runsOnGpu()) return undefined;
  let isRefused = false;
  const result = runConstant({ name: kernel.name, gpu: kernel.run }, inputs(), attributes, true, () => {
    isRefused = true;
    return scalar(0) as Tensor;
  });
  if (!isRefused) return result;
  result.dispose();
  return undefined;
}

/**
 * Whether {@link runOnGpu} has a graphics processor to run on.
 *
 * @returns false where it gives nothing; true where it may still be refused
 *
 * @example
 * ```ts
 * import { runsOnGpu } from "@lossary/core-reduce";
 * import { getBackend } from "@tensorflow/tfjs";
 *
 * console.log(getBackend(), runsOnGpu()); // cpu false
 * ```
 */
export function runsOnGpu(): boolean {
  const name = getBackend();
  return isGpu(name) && !hasHalfFloatsAlone(name) && !hasRefused(name);
}

/** Whether the current backend may run programs of graphics processors. */
function isGpu(name: string): name is GpuBackend {
  return name === "webgl" || name === "webgpu";
}
