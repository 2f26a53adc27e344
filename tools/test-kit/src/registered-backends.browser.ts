import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import { backend as currentBackend, env, getBackend } from "@tensorflow/tfjs-core";
import type { Effort } from "./backends.ts";

setWasmPaths({
  "tfjs-backend-wasm.wasm": plain,
  "tfjs-backend-wasm-simd.wasm": simd,
  "tfjs-backend-wasm-threaded-simd.wasm": threaded,
});
// small tensors would be computed on the cpu backend, and no shader would be tested
env().set("WEBGL_CPU_FORWARD", false);
env().set("WEBGPU_CPU_FORWARD", false);

/** The backends that suites run on in a browser; the graphics processor may be emulated there, so they do less. */
export const efforts: Readonly<Record<string, Effort>> = {
  cpu: { fused: true, thorough: false, runs: 10, steps: 20 },
  wasm: { fused: true, thorough: false, runs: 10, steps: 20 },
  webgl: { fused: false, thorough: false, runs: 6, steps: 5 },
  webgpu: { fused: false, thorough: false, runs: 6, steps: 5 },
};

const deviceErrors: string[] = [];
const watched = new WeakSet<EventTarget>();

/** What a fused kernel is given up with, after which all suites would pass on portable ones. */
const refusal = "refused a fused kernel";

const warn = console.warn;
console.warn = (...texts: unknown[]) => {
  const text = texts.join(" ");
  if (text.includes(refusal)) deviceErrors.push(text);
  warn(...texts);
};

/** Makes the errors of the graphics device known, which tfjs leaves to the console while it goes on with wrong numbers. */
export function watchDevice(): void {
  if (getBackend() !== "webgpu") return;
  const backend = currentBackend() as unknown as { device: EventTarget; readSync: () => never };
  const { device } = backend;
  if (watched.has(device)) return;
  watched.add(device);
  // it returns zeros in a headless browser, and may take the device with it
  backend.readSync = () => {
    throw new Error("WebGPU cannot be read at once: use readNumbers, readLoss or readGradient");
  };
  device.addEventListener("uncapturederror", (event) => {
    deviceErrors.push((event as Event & { error: Error }).error.message);
  });
}

/** Fails if the graphics device met an error, or refused a program, since this was asked last. */
export function expectNoDeviceError(): void {
  const found = deviceErrors.splice(0);
  if (found.length > 0) throw new Error(`on the graphics device: ${found[0]}`);
}
