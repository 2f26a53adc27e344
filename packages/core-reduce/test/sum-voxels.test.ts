import { sumMap, sumVoxels } from "@lossary/core-reduce";
import { onEachBackend } from "@lossary/test-kit";
import { fill, grad, mul, sum, type Tensor, type Tensor3D, tensor2d, tensor3d, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

onEachBackend("sumVoxels", () => {
  describe.each(["fused", "portable"])("%s", (kernels) => facts(kernels === "fused"));
});

function facts(fused: boolean): void {
  it("adds 2^24 voxels of 0.1 to 1677721.6 within 1e-5", () => {
    const total = tidy(() => sumMap(fill([1, 2 ** 24], 0.1), fused).dataSync()[0]) as number;
    expect(total).toBeClose(2 ** 24 * Math.fround(0.1), { relative: 1e-5 });
  });

  it("sums each sample and channel alone, whatever the number of voxels", () => {
    for (const voxels of [1, 31, 32, 33, 1024, 1025, 4099]) {
      const values = Array.from({ length: 2 * voxels * 3 }, (_, i) => ((i * 37) % 11) - 5);
      const expected = [0, 1, 2, 3, 4, 5].map((slot) => {
        const [sample, channel] = [Math.floor(slot / 3), slot % 3];
        return values
          .filter((_, i) => Math.floor(i / (3 * voxels)) === sample && i % 3 === channel)
          .reduce((a, b) => a + b, 0);
      });
      expect(Array.from(tidy(() => sumVoxels(tensor3d(values, [2, voxels, 3]), fused).dataSync()))).toEqual(expected);
    }
  });

  it("hands each voxel the gradient of its sum", () => {
    const x = tensor3d([1, 2, 3, 4, 5, 6], [1, 3, 2]);
    const slope = grad((v: Tensor) => sum(mul(sumVoxels(v as Tensor3D, fused), tensor2d([[2, -3]]))))(x);
    expect(Array.from(slope.dataSync())).toEqual([2, -3, 2, -3, 2, -3]);
  });
}
