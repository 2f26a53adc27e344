import { offBoundary, prepare, readOptions, sharedRules, weightsOf } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { type DataType, type Tensor, tensor, zeros } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const refused = (): never => {
  throw new Error("the portable implementation is that of activeBoundaryLoss, whose contract holds it");
};

function off(labels: Tensor, shape: number[], options: object = {}): Promise<number[]> {
  const problem = prepare("loss", labels, zeros(shape), readOptions("loss", options, sharedRules));
  return readNumbers(offBoundary(problem, weightsOf(problem), refused));
}

onEachBackend("offBoundary", () => {
  it("is 0 at both voxels where labels change, along every axis and nowhere else", async () => {
    const rows = tensor([0, 0, 0, 0, 0, 2, 2, 0, 1, 1, 2, 2].slice(0, 12), [1, 3, 4], "int32");
    expect(await off(rows, [1, 3, 4, 3])).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    // two images: neither the end of a row is beside the next one's beginning, nor an image above another
    const images = tensor([0, 0, 1, 1, 1, 1, 0, 0], [2, 2, 2], "int32");
    expect(await off(images, [2, 2, 2, 2])).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    const lines = tensor([0, 0, 0, 1, 1, 1], [2, 3], "int32");
    expect(await off(lines, [2, 3, 2])).toEqual([1, 1, 1, 1, 1, 1]);
    const corner = Array.from({ length: 27 }, (_, i) => Number(i === 26));
    const volume = await off(tensor(corner, [1, 3, 3, 3], "int32"), [1, 3, 3, 3, 2]);
    expect(volume.flatMap((is, i) => (is === 0 ? [i] : []))).toEqual([17, 23, 25, 26]);
  });

  it.each(["float32", "int32"] as const)(
    "reads dense labels of %s: the first of the largest, or more than a half of one",
    async (dtype) => {
      const dense = tensor([1, 0, 1, 1, 0, 1, 0, 0], [1, 4, 2], dtype);
      expect(await off(dense, [1, 4, 2])).toEqual([1, 0, 0, 0]);
      const one = tensor([0, 0, 1, 1], [1, 4, 1], dtype as DataType as "float32");
      expect(await off(one, [1, 4, 1])).toEqual([1, 0, 0, 1]);
      expect(await off(tensor([0.25, 0.5, 0.75, 0.5625], [1, 4, 1]), [1, 4, 1])).toEqual([1, 0, 0, 1]);
    },
  );

  it("takes the index 1 for the one class, and no part in voxels that do not count", async () => {
    expect(await off(tensor([0, 1, 1, 0, 0], [1, 5], "int32"), [1, 5, 1])).toEqual([0, 0, 0, 0, 1]);
    expect(await off(tensor([0, 0, 255, 1, 1], [1, 5], "int32"), [1, 5, 2], { ignoreLabel: 255 })).toEqual([
      1, 1, 1, 1, 1,
    ]);
    const weights = tensor([1, 1, 1, 0, 0.5], [1, 5]);
    expect(await off(tensor([0, 0, 1, 1, 0], [1, 5], "int32"), [1, 5, 2], { weights })).toEqual([1, 0, 0, 1, 1]);
  });
}, ["cpu", "wasm"]);
