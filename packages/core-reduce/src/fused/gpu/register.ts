import type { KernelBackend, KernelFunc, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";
import { registerFused } from "../registry.ts";
import { ProgramRefused, withdraw } from "../withdraw.ts";
import { gpuKernels } from "./gpu-kernels.ts";
import type { Gpu } from "./program.ts";
import type { GpuCall } from "./voxel-programs.ts";
import { webgl } from "./webgl.ts";
import { webgpu } from "./webgpu.ts";

/** Registers the kernels of a graphics processor. */
export function registerGpuKernels(backend: "webgl" | "webgpu"): void {
  const gpuOf = backend === "webgl" ? webgl : watchedWebgpu;
  for (const [name, run] of Object.entries(gpuKernels)) {
    registerFused(backend, name, kernelFunction(run, gpuOf), () => backend);
  }
}

function kernelFunction(run: (call: GpuCall) => TensorInfo, gpuOf: (backend: KernelBackend) => Gpu): KernelFunc {
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
