import { getKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import { gpuKernels } from "./gpu/gpu-kernels.ts";

/** A graphics processor could not run a program. */
export class ProgramRefused extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Takes the fused kernels of a graphics processor back, so that the portable ones run from now on, and warns once. */
export function withdraw(backendName: string, reason: string): void {
  const registered = Object.keys(gpuKernels).filter((name) => getKernel(name, backendName) != null);
  if (registered.length === 0) return;
  for (const name of registered) unregisterKernel(name, backendName);
  console.warn(
    `Lossary: ${backendName} refused a fused kernel (${reason}); portable kernels run in its place, more slowly.`,
  );
}
