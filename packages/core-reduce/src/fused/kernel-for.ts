import { getBackend } from "@tensorflow/tfjs-core";
import { refuse } from "../errors.ts";
import { allKernels } from "./all-kernels.ts";
import { registerKernelOnce } from "./register.ts";
import { implementationOf, type KernelImplementation } from "./registry.ts";

/**
 * Tells which implementation of a reduction runs on the current backend, where a loss is not told `fused: false`. It knows all of them, so a program
 * that imports it carries the kernels of every loss.
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
  const kernels = allKernels();
  const kernel = kernels.find((one) => one.name === name);
  if (kernel === undefined) {
    const names = kernels.map((one) => one.name);
    return refuse("kernelFor", "name", `one of ${names.join(", ")}`, name);
  }
  registerKernelOnce(kernel);
  return implementationOf(getBackend(), name);
}
