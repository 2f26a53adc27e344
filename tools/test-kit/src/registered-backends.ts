import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import type { Effort } from "./backends.ts";

/** The backends that suites run on in Node. */
export const efforts: Readonly<Record<string, Effort>> = {
  cpu: { fused: true, corners: Number.POSITIVE_INFINITY, runs: 80, steps: 100, precision: 0 },
  wasm: { fused: true, corners: Number.POSITIVE_INFINITY, runs: 80, steps: 100, precision: 0 },
};

/** There is no graphics device in Node. */
export function watchDevice(): void {}

/** There is no graphics device in Node. */
export function expectNoDeviceError(): void {}
