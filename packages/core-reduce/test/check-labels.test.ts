import { checkLabels } from "@lossary/core-reduce";
import { onEachBackend } from "@lossary/test-kit";
import { tensor2d, tensor3d, zeros } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

onEachBackend("checkLabels", () => {
  it("passes class indices and the ignored label", async () => {
    await expect(
      checkLabels(tensor2d([[0, 2, 255]], [1, 3], "int32"), 3, { ignoreLabel: 255 }),
    ).resolves.toBeUndefined();
    await expect(checkLabels(tensor2d([[0, 1]], [1, 2], "int32"), 1)).resolves.toBeUndefined();
  });

  it("names the first label that is no class and where it stands", async () => {
    const labels = tensor3d([0, 1, 2, 1, 0, 9], [1, 2, 3], "int32");
    await expect(checkLabels(labels, 3)).rejects.toThrow("checkLabels: labels[0, 1, 2] must be from 0 to 2 (got 9)");
    await expect(checkLabels(tensor2d([[-1]], [1, 1], "int32"), 3, { ignoreLabel: 255 })).rejects.toThrow(
      "checkLabels: labels[0, 0] must be from 0 to 2, or 255 to ignore (got -1)",
    );
  });

  it("refuses labels that are no indices, and class counts that are none", async () => {
    await expect(checkLabels(zeros([2]), 3)).rejects.toThrow(
      "checkLabels: labels must be int32 class indices (got float32 tensor [2])",
    );
    await expect(checkLabels(zeros([2], "int32"), 0)).rejects.toThrow(
      "checkLabels: classes must be an integer of at least 1 (got 0)",
    );
  });
});
