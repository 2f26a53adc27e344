import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
// tfjs-core alone registers no gradients
import "@tensorflow/tfjs-layers";
import { testOn } from "@lossary/test-kit";

// A setup file of vitest: the backends that suites run on in Node.
testOn({ cpu: { fused: true }, wasm: { fused: true } });
