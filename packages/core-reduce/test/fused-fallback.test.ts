import { onEachBackend, useBackend } from "@lossary/test-kit";
import { getKernel, tensor3d, tidy } from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { allKernels } from "../src/fused/all-kernels.ts";
import { chooseArrays } from "../src/fused/array-choice.ts";
import { kernelFor, overlap } from "../src/index.ts";

/** I, of which the gradient is not asked for. */
function intersectionOf(fused: boolean): number[] {
  return tidy(() => {
    const truth = tensor3d([[[1], [0], [1], [1]]]);
    const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
    return Array.from(overlap(truth, prediction, { fused }).intersection.dataSync());
  });
}

describe("before the first loss", () => {
  it("nothing is registered, fused: false registers nothing, and a reduction registers its own kernels alone", async () => {
    await useBackend("cpu");
    intersectionOf(false);
    expect(getKernel("LossaryOverlapSums", "cpu")).toBeUndefined();
    intersectionOf(true);
    const registered = allKernels().map(({ name }) => name);
    expect(registered.filter((name) => getKernel(name, "cpu") != null)).toEqual(["LossaryOverlapSums"]);
  });
});

onEachBackend("a page that forbids compiling WebAssembly", () => {
  beforeEach(() => {
    chooseArrays();
    vi.spyOn(console, "warn").mockImplementation(() => {});
    vi.stubGlobal("WebAssembly", {
      Module: class {
        constructor() {
          throw new WebAssembly.CompileError("Refused to compile because of unsafe-eval");
        }
      },
      CompileError: Error,
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    chooseArrays();
  });

  it("falls back to loops with one warning that says why", () => {
    expect(intersectionOf(true)).toBeClose([1.8]);
    expect(intersectionOf(true)).toBeClose([1.8]);
    expect(kernelFor("LossaryOverlapSums")).toBe("loops");
    // of other modules
    expect(kernelFor("LossaryCrossEntropy")).toBe("loops");
    expect(kernelFor("LossaryErrors")).toBe("loops");
    expect(
      vi
        .mocked(console.warn)
        .mock.calls.flat()
        .filter((text) => String(text).includes("Lossary")),
    ).toEqual([expect.stringContaining("unsafe-eval")]);
  });
});

onEachBackend("kernelFor", () => {
  it("is simd for every kernel, forward and backward", () => {
    for (const name of ["OverlapSums", "CrossEntropy", "SquaredErrorSums", "Probabilities", "WindowMinimum"]) {
      expect(kernelFor(`Lossary${name}`)).toBe("simd");
      expect(kernelFor(`Lossary${name}Gradient`)).toBe("simd");
    }
    for (const name of ["SelectLargest", "ChosenSums"]) expect(kernelFor(`Lossary${name}`)).toBe("simd");
  });
  it("is loops for a kernel that has no other form", () => {
    for (const name of ["JaccardIncrements", "VoxelWeights", "AnyIgnored", "Channel", "Region"]) {
      expect(kernelFor(`Lossary${name}`)).toBe("loops");
    }
  });
  it("refuses a name that no kernel has", () => {
    expect(() => kernelFor("LossaryDice")).toThrow("kernelFor: name must be one of LossaryOverlapSums");
  });
});
