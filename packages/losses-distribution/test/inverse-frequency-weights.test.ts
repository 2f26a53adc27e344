import { inverseFrequencyWeights } from "@lossary/losses-distribution";
import { onEachBackend } from "@lossary/test-kit";
import { dispose, memory, type Tensor, tensor1d, tensor2d, zeros } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

onEachBackend("inverseFrequencyWeights", () => {
  it("is 2/3 and 2 for labels of which three are 0 and one is 1", async () => {
    const truth = tensor2d([[0, 0, 0, 1]], [1, 4], "int32");
    expect(await inverseFrequencyWeights(truth, { classes: 2 })).toEqual([4 / 6, 2]);
  });

  it("adds up over many tensors, each of which may be disposed behind it", async () => {
    function* images(): Generator<Tensor> {
      for (const labels of [
        [0, 0, 1],
        [0, 2, 2],
      ]) {
        const one = tensor1d(labels, "int32");
        yield one;
        dispose(one);
      }
    }
    const before = memory().numTensors;
    // 6 voxels, 3 classes: 6 / (3 x 3), 6 / (3 x 1), 6 / (3 x 2)
    expect(await inverseFrequencyWeights(images(), { classes: 3 })).toEqual([6 / 9, 2, 1]);
    expect(memory().numTensors).toBe(before);
  });

  it("gives an absent class the largest weight of those present, and all 1 where none is", async () => {
    const truth = tensor1d([0, 0, 0, 1], "int32");
    expect(await inverseFrequencyWeights(truth, { classes: 3 })).toEqual([4 / 9, 4 / 3, 4 / 3]);
    expect(await inverseFrequencyWeights([], { classes: 2 })).toEqual([1, 1]);
  });

  it("does not count ignored labels and labels out of range", async () => {
    const truth = tensor1d([0, 1, 1, 255, -1, 2], "int32");
    expect(await inverseFrequencyWeights(truth, { classes: 2 })).toEqual([3 / 2, 3 / 4]);
    expect(await inverseFrequencyWeights(truth, { classes: 3, ignoreLabel: 1 })).toEqual([2 / 3, 2 / 3, 2 / 3]);
  });

  it("refuses labels that are not int32, and a class count that is none", async () => {
    await expect(inverseFrequencyWeights(zeros([3]), { classes: 2 })).rejects.toThrow(
      "inverseFrequencyWeights: labels must be int32 class indices (got float32 tensor [3])",
    );
    const truth = zeros([3], "int32");
    await expect(inverseFrequencyWeights(truth, { classes: 1.5 })).rejects.toThrow(
      "inverseFrequencyWeights: classes must be an integer of at least 2 (got 1.5)",
    );
    await expect(inverseFrequencyWeights(truth, {} as never)).rejects.toThrow("(got undefined)");
  });
});
