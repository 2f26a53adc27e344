import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
// tfjs-core alone registers no gradients
import "@tensorflow/tfjs-layers";
import { testOn } from "@lossary/test-kit";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threaded from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import { env } from "@tensorflow/tfjs-core";
import { afterEach } from "vitest";
import { expectNoDeviceError, watchDevice, watchWarnings } from "./device-errors.ts";

// A setup file of vitest: the backends that suites run on in a browser. The graphics processor may be emulated there, so they do less.
setWasmPaths({
  "tfjs-backend-wasm.wasm": plain,
  "tfjs-backend-wasm-simd.wasm": simd,
  "tfjs-backend-wasm-threaded-simd.wasm": threaded,
});
// small tensors would be computed on the cpu backend, and no shader would be tested
env().set("WEBGL_CPU_FORWARD", false);
env().set("WEBGPU_CPU_FORWARD", false);

const processor = { fused: true, thorough: false, runs: 10, steps: 20 };
const graphics = { fused: false, thorough: false, runs: 6, steps: 5 };
testOn({ cpu: processor, wasm: processor, webgl: graphics, webgpu: { ...graphics, onUse: watchDevice } });

watchWarnings();
afterEach(expectNoDeviceError);
