import { engine, getBackend, type KernelBackend, type KernelFunc, type NamedAttrMap } from "@tensorflow/tfjs-core";
import { arrayBackends } from "./array-backends.ts";
import { simdOf } from "./array-choice.ts";
import type { ArrayKernel, FusedKernel } from "./fused-kernel.ts";
import { hasHalfFloatsAlone } from "./gpu/half-floats.ts";
import { registerGpuKernel } from "./gpu/register.ts";
import { isRegistered, registerFused } from "./registry.ts";
import { runArrayKernel } from "./run-array-kernel.ts";

/**
 * Registers a fused kernel with tfjs for the current backend, where it has a form for that; when it is called first, so that importing does nothing and
 * a program carries the kernels alone that it can call.
 */
export function registerKernelOnce({ name, arrays, gpu, needsWholeFloats = false }: FusedKernel): void {
  const backend = getBackend();
  if (isRegistered(backend, name)) return;
  if (backend === "webgl" || backend === "webgpu") {
    if (gpu && !(needsWholeFloats && hasHalfFloatsAlone(backend))) registerGpuKernel(backend, name, gpu);
  } else if (arrays && arrayBackends.includes(backend) && !isOnGpu(backend)) {
    registerFused(backend, name, kernelFunction(arrays), () => (simdOf(arrays) ? "simd" : "loops"));
  }
}

/** Whether tfjs-node computes on a GPU, where reading a tensor would stop everything that is under way. */
function isOnGpu(backend: string): boolean {
  return backend === "tensorflow" && (engine().backend as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
}

function kernelFunction(kernel: ArrayKernel): KernelFunc {
  return ({ inputs, backend, attrs }) =>
    runArrayKernel(kernel, { inputs, attributes: attrs as NamedAttrMap, backend: backend as KernelBackend });
}
