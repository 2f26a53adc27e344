import { getBackend } from "@tensorflow/tfjs-core";
import { refuse } from "../errors.ts";
import { arrayKernels } from "./array-kernels.ts";
import { registerFusedKernels } from "./register.ts";
import { implementationOf, type KernelImplementation } from "./registry.ts";

/**
 * Tells which implementation of a reduction runs on the current backend, where a loss is not told `fused: false`.
 *
 * @param name - `"LossaryOverlapSums"`, `"LossaryCrossEntropy"`, `"LossarySquaredErrorSums"`, `"LossaryProbabilities"` or another that the
 * error names; with `Gradient` behind it, the backward pass
 * @returns `"simd"` for WebAssembly SIMD, `"loops"` for plain TypeScript loops, `"webgl"` or `"webgpu"` for a program of that backend,
 * `"portable"` for tfjs's own ops
 * @throws Error for a name that no kernel has
 *
 * @example
 * ```ts
 * import { kernelFor } from "@lossary/core-reduce";
 *
 * console.log(kernelFor("LossaryOverlapSums")); // simd
 * ```
 */
export function kernelFor(name: string): KernelImplementation {
  if (!Object.hasOwn(arrayKernels, name)) {
    refuse("kernelFor", "name", `one of ${Object.keys(arrayKernels).join(", ")}`, name);
  }
  registerFusedKernels();
  return implementationOf(getBackend(), name);
}
