import type { KernelBackend, KernelFunc, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import { registerFused } from "../registry.ts";
import { hasRefused, ProgramRefused, withdraw } from "../withdraw.ts";
import type { Gpu } from "./program.ts";
import type { GpuCall } from "./voxel-programs.ts";
import { webgl } from "./webgl.ts";
import { webgpu } from "./webgpu.ts";

/** The backends of graphics processors. */
export type GpuBackend = "webgl" | "webgpu";

/** Registers a kernel of a graphics processor, unless that has refused one. */
export function registerGpuKernel(
  backend: GpuBackend,
  name: string,
  run: (call: GpuCall) => TensorInfo | TensorInfo[],
): void {
  if (hasRefused(backend)) return;
  registerFused(backend, name, kernelFunction(run, backend === "webgl" ? webgl : watchedWebgpu), () => backend);
}

function kernelFunction(
  run: (call: GpuCall) => TensorInfo | TensorInfo[],
  gpuOf: (backend: KernelBackend) => Gpu,
): KernelFunc {
  return ({ inputs, backend, attrs }) => {
    try {
      return run({ inputs, attributes: attrs as NamedAttrMap, gpu: gpuOf(backend as KernelBackend) });
    } catch (error) {
      throw new ProgramRefused(error);
    }
  };
}

function watchedWebgpu(backend: KernelBackend): Gpu {
  return webgpu(backend, (reason) => withdraw("webgpu", `${reason}; what it has computed until now is wrong`));
}
