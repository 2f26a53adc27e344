import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";

/** What runs a kernel: WebAssembly SIMD, plain loops, or the portable tfjs ops. */
export type KernelImplementation = "loops" | "portable" | "simd" | "webgl" | "webgpu";

const implementations: Record<string, () => KernelImplementation> = {};

/** Registers a fused kernel with tfjs, unless something is registered under its name already: a second copy of this package, say. */
export function registerFused(
  backendName: string,
  kernelName: string,
  kernelFunc: KernelFunc,
  implementation: () => KernelImplementation,
): void {
  if (getKernel(kernelName, backendName) != null) return;
  registerKernel({ backendName, kernelName, kernelFunc });
  implementations[`${backendName} ${kernelName}`] = implementation;
}

/** Whether a kernel of a backend was registered here. */
export function isRegistered(backendName: string, kernelName: string): boolean {
  return implementations[`${backendName} ${kernelName}`] !== undefined;
}

/** Takes a kernel back. */
export function unregisterFused(backendName: string, kernelName: string): void {
  delete implementations[`${backendName} ${kernelName}`];
  if (getKernel(kernelName, backendName) != null) unregisterKernel(kernelName, backendName);
}

/** The kernels of a backend that were registered here, by name. */
export function fusedOn(backendName: string): string[] {
  const prefix = `${backendName} `;
  return Object.keys(implementations)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

/** What runs a kernel of a backend. */
export function implementationOf(backendName: string, kernelName: string): KernelImplementation {
  if (getKernel(kernelName, backendName) == null) return "portable";
  return implementations[`${backendName} ${kernelName}`]?.() ?? "simd";
}
