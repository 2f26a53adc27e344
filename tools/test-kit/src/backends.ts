import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
// tfjs-core alone registers no gradients; tfjs-layers does, as it does for those who train with it
import "@tensorflow/tfjs-layers";
import { ready, setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, describe } from "vitest";

/** The backends that a suite runs on here. A browser lane names its own. */
export const backends: readonly string[] = ["cpu", "wasm"];

/** Runs a suite once on each backend, and fails if a backend cannot be had. */
export function onEachBackend(title: string, suite: (backend: string) => void): void {
  describe.each([...backends])(`${title} on %s`, (backend) => {
    beforeAll(() => useBackend(backend));
    suite(backend);
  });
}

/** Makes a backend the current one; throws if it is not there, so that no suite runs on another in silence. */
export async function useBackend(backend: string): Promise<void> {
  if (!(await setBackend(backend))) throw new Error(`backend ${backend} could not be initialised`);
  await ready();
}
