import { confusionSums, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
import { onEachBackend, readGradient, readLoss } from "@lossary/test-kit";
import type { Tensor } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const sums = (labels: Tensor, predictions: Tensor, options?: object) =>
  confusionSums(prepare("confusionSums", labels, predictions, readOptions("confusionSums", options, sharedRules)));

onEachBackend("confusionSums", () => {
  it("sums the predictions of the voxels of each class in its row", async () => {
    const call = {
      shape: [1, 3, 2],
      predictions: [0.9, 0.1, 0.4, 0.6, 0.25, 0.75],
      labels: Int32Array.of(0, 1, 1),
      options: { weights: Float32Array.of(1, 1, 2) },
    };
    expect((await readLoss(sums, call)).values).toBeClose([0.9, 0.1, 0.9, 2.1]);
    // upstream U = [[1, 2], [3, 4]]: the row of the voxel's class, times its weight
    expect(await readGradient(sums, call, [1, 2, 3, 4])).toBeClose([1, 2, 3, 4, 6, 8]);
  });

  it("is exact where a serial float32 sum has lost digits: 2^18 voxels of .1", async () => {
    const voxels = 2 ** 18;
    const call = {
      shape: [1, voxels, 1],
      predictions: new Float32Array(voxels).fill(0.1),
      labels: new Float32Array(voxels).fill(1),
    };
    expect((await readLoss(sums, call)).values).toBeClose(voxels * Math.fround(0.1), { relative: 1e-6 });
  });
});
