import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { registerConvolutionGradients } from "@lossary/example-demo/convolution-gradients";
import { enableProdMode, setBackend } from "@tensorflow/tfjs-core";

/** WebAssembly, taught to train convolutions. Every process calls it once before it computes. */
export async function useWasm(): Promise<void> {
  enableProdMode();
  registerConvolutionGradients();
  if (!(await setBackend("wasm"))) throw new Error("the wasm backend could not be initialised");
}
