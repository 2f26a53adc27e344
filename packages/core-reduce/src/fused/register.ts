import { engine, getBackend, type KernelBackend, type KernelFunc, type NamedAttrMap } from "@tensorflow/tfjs-core";
import { arrayBackends } from "./array-backends.ts";
import type { ArrayKernel } from "./array-call.ts";
import { arrayKernels } from "./array-kernels.ts";
import { registerGpuKernels } from "./gpu/register.ts";
import { fusedKernels } from "./implementation.ts";
import { registerFused } from "./registry.ts";
import { runArrayKernel } from "./run-array-kernel.ts";

const isDone: Record<string, boolean> = {};

/** Registers the fused kernels of the current backend with tfjs; when a loss is called first, so that importing does nothing. */
export function registerFusedKernels(): void {
  const backend = getBackend();
  if (isDone[backend]) return;
  isDone[backend] = true;
  if (backend === "webgl" || backend === "webgpu") registerGpuKernels(backend);
  else if (arrayBackends.includes(backend) && !isOnGpu(backend)) registerArrayKernels(backend);
}

function registerArrayKernels(backend: string): void {
  for (const [name, kernel] of Object.entries(arrayKernels)) {
    registerFused(backend, name, kernelFunction(kernel), () => fusedKernels(1).name);
  }
}

/** Whether tfjs-node computes on a GPU, where reading a tensor would stop everything that is under way. */
function isOnGpu(backend: string): boolean {
  return backend === "tensorflow" && (engine().backend as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
}

function kernelFunction(kernel: ArrayKernel): KernelFunc {
  return ({ inputs, backend, attrs }) =>
    runArrayKernel(kernel, fusedKernels, {
      inputs,
      attributes: attrs as NamedAttrMap,
      backend: backend as KernelBackend,
    });
}
