import { onEachBackend, useBackend } from "@lossary/test-kit";
import { getKernel, tensor3d, tidy } from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseKernels } from "../src/fused/implementation.ts";
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
  it("nothing is registered, and fused: false registers nothing", async () => {
    await useBackend("cpu");
    intersectionOf(false);
    expect(getKernel("LossaryOverlapSums", "cpu")).toBeUndefined();
    intersectionOf(true);
    expect(getKernel("LossaryOverlapSums", "cpu")).toBeDefined();
  });
});

onEachBackend("a page that forbids compiling WebAssembly", () => {
  beforeEach(() => {
    chooseKernels(undefined);
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
    chooseKernels(undefined);
  });

  it("falls back to loops with one warning that says why", () => {
    expect(intersectionOf(true)).toBeClose([1.8]);
    expect(intersectionOf(true)).toBeClose([1.8]);
    expect(kernelFor("LossaryOverlapSums")).toBe("loops");
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
    for (const name of ["OverlapSums", "CrossEntropy", "SquaredErrorSums", "Probabilities"]) {
      expect(kernelFor(`Lossary${name}`)).toBe("simd");
      expect(kernelFor(`Lossary${name}Gradient`)).toBe("simd");
    }
  });
  it("refuses a name that no kernel has", () => {
    expect(() => kernelFor("LossaryDice")).toThrow("kernelFor: name must be one of LossaryOverlapSums");
  });
});
