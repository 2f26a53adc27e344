import { setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import type { BackendName } from "./backend-names.ts";

/** Why a backend cannot run here; nothing where it can. */
export type Refusals = Readonly<Record<BackendName, string | undefined>>;

/** Asks this browser, from within a worker, which backends it can run. */
export async function refusals(): Promise<Refusals> {
  return {
    cpu: undefined,
    wasm: typeof WebAssembly === "object" ? undefined : "This browser has no WebAssembly.",
    webgl: webglRefusal(),
    webgpu: await webgpuRefusal(),
  };
}

function webglRefusal(): string | undefined {
  if (typeof OffscreenCanvas === "undefined")
    return "This browser has no OffscreenCanvas, which WebGL needs in a worker.";
  return new OffscreenCanvas(1, 1).getContext("webgl2") ? undefined : "This browser gives workers no WebGL 2.";
}

async function webgpuRefusal(): Promise<string | undefined> {
  const { gpu } = navigator as unknown as { gpu?: { requestAdapter(): Promise<object | null> } };
  if (!gpu) return "This browser has no WebGPU, or not for this page: it needs https or localhost.";
  const adapter = await gpu.requestAdapter().catch(() => null);
  return adapter ? undefined : "WebGPU found no graphics processor.";
}

/** Each backend is fetched when it is first chosen. */
const load: Readonly<Record<BackendName, () => Promise<unknown>>> = {
  cpu: () => import("@tensorflow/tfjs-backend-cpu"),
  wasm: async () => {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths({
      "tfjs-backend-wasm.wasm": plain,
      "tfjs-backend-wasm-simd.wasm": simd,
      "tfjs-backend-wasm-threaded-simd.wasm": threaded,
    });
  },
  webgl: () => import("@tensorflow/tfjs-backend-webgl"),
  webgpu: () => import("@tensorflow/tfjs-backend-webgpu"),
};

/** Loads a backend and makes it the one that computes; throws where it cannot. */
export async function useBackend(name: BackendName): Promise<void> {
  await load[name]();
  if (!(await setBackend(name))) throw new Error(`the backend ${name} did not start in this browser`);
}
