import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
// tfjs-core alone registers no gradients
import "@tensorflow/tfjs-layers";
import { ready, setBackend } from "@tensorflow/tfjs-core";

/** The backends on which everything is called in turn. */
export const backends: readonly string[] = ["cpu", "wasm"];

/** Makes a backend the current one. */
export async function use(backend: string): Promise<void> {
  if (!(await setBackend(backend))) throw new Error(`backend ${backend} could not be initialised`);
  await ready();
}

// functions are asked for their options while modules load, and tensors need a backend
await use("cpu");
