import type { FusedKernels } from "./fused-kernels.ts";
import { loopKernels } from "./loop-kernels.ts";
import { simdKernels } from "./simd-kernels.ts";

/** What the module's memory is laid out for. */
const mostClasses = 256;

let chosen: FusedKernels | undefined;

/** The kernels on typed arrays for so many classes: WebAssembly SIMD, or plain loops where that cannot be had. Compiles on first use. */
export function fusedKernels(classes: number): FusedKernels {
  chosen ??= firstThatLoads();
  return classes > mostClasses ? loopKernels : chosen;
}

/** Lets these kernels run from now on; nothing lets them be chosen anew. For tests. */
export function chooseKernels(kernels: FusedKernels | undefined): void {
  chosen = kernels;
}

function firstThatLoads(): FusedKernels {
  try {
    return simdKernels();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(
      `Lossary: WebAssembly SIMD cannot be used here (${reason}); plain loops run in its place, more slowly.`,
    );
    return loopKernels;
  }
}
