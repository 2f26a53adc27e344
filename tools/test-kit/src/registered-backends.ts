import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import type { Effort } from "./backends.ts";

/** The backends that suites run on in Node. */
export const efforts: Readonly<Record<string, Effort>> = {
  cpu: { fused: true, thorough: true, runs: 80, steps: 100 },
  wasm: { fused: true, thorough: true, runs: 80, steps: 100 },
};

/** There is no graphics device in Node. */
export function watchDevice(): void {}

/** There is no graphics device in Node. */
export function expectNoDeviceError(): void {}
