import { useBackend } from "@lossary/test-kit";
import {
  findBackendFactory,
  getKernelsForBackend,
  grad,
  ones,
  registerBackend,
  registerKernel,
  type Tensor,
  tensor3d,
  tidy,
} from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { kernelFor, overlap } from "../src/index.ts";

/** The cpu backend under the name of tfjs-node's, whose native library needs a download of its own. */
async function useStandIn(): Promise<void> {
  for (const kernel of getKernelsForBackend("cpu")) registerKernel({ ...kernel, backendName: "tensorflow" });
  registerBackend("tensorflow", findBackendFactory("cpu"));
  await useBackend("tensorflow");
}

describe("the backend of tfjs-node", () => {
  it("runs the WebAssembly kernels, of which it is read and written by its public methods", async () => {
    await useBackend("cpu");
    await useStandIn();
    expect(kernelFor("LossaryOverlapSums")).toBe("simd");
    const truth = tensor3d([[[1], [0], [1], [1]]]);
    const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
    const intersection = (x: Tensor) => overlap(truth, x).intersection;
    expect(tidy(() => intersection(prediction).dataSync())).toBeClose([1.8]);
    expect(tidy(() => grad(intersection)(prediction, ones([1, 1])).dataSync())).toBeClose([1, 0, 1, 1]);
  });
});
