import type { KernelBackend, KernelFunc, NamedAttrMap } from "@tensorflow/tfjs-core";
import { arrayBackends } from "./array-backends.ts";
import { type ArrayKernel, arrayKernels, runArrayKernel } from "./array-kernels.ts";
import { registerGpuKernels } from "./gpu/register.ts";
import { fusedKernels } from "./implementation.ts";
import { registerFused } from "./registry.ts";

let isDone = false;

/** Registers every fused kernel with tfjs; on the first call, so that importing does nothing. */
export function registerFusedKernels(): void {
  if (isDone) return;
  isDone = true;
  for (const [name, kernel] of Object.entries(arrayKernels)) {
    for (const backend of arrayBackends) {
      registerFused(backend, name, kernelFunction(kernel), () => fusedKernels(1).name);
    }
  }
  registerGpuKernels();
}

function kernelFunction(kernel: ArrayKernel): KernelFunc {
  return ({ inputs, backend, attrs }) =>
    runArrayKernel(kernel, fusedKernels, {
      inputs,
      attributes: attrs as NamedAttrMap,
      backend: backend as KernelBackend,
    });
}
