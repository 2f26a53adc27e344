import { labelRegions, largestRegions, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { type DataType, memory, type Tensor3D, tensor, zeros } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const regionsOf = (values: number[], shape: number[], dtype: DataType, classes: number, fused: boolean) => {
  const options = readOptions("loss", { fused, multiLabel: classes > 1 && dtype !== "int32" }, sharedRules);
  return labelRegions(prepare("loss", tensor(values, shape, dtype as "float32"), zeros([2, 3, classes]), options));
};

onEachBackend("labelRegions", () => {
  for (const fused of [true, false]) {
    it(`are where the index of a class stands, whatever else does; fused: ${fused}`, async () => {
      const regions = regionsOf([0, 2, 1, 255, -1, 2], [2, 3], "int32", 3, fused);
      expect(regions(2).shape).toEqual([2, 3, 1]);
      expect(regions(2).dtype).toBe("float32");
      expect(await readNumbers(regions(2))).toEqual([0, 1, 0, 0, 0, 1]);
      expect(await readNumbers(regions(0))).toEqual([1, 0, 0, 0, 0, 0]);
    });

    it(`are those of index 1 with one class; fused: ${fused}`, async () => {
      expect(await readNumbers(regionsOf([0, 1, 1, 255, -1, 0], [2, 3], "int32", 1, fused)(0))).toEqual([
        0, 1, 1, 0, 0, 0,
      ]);
    });

    it(`are what is more than half of a class; fused: ${fused}`, async () => {
      const soft = regionsOf(
        [0.5, 1, 0.75, 0.25, Number.NaN, 0, 0, 0.5625, 1, 1, 0.25, 0.5],
        [2, 3, 2],
        "float32",
        2,
        fused,
      );
      expect(await readNumbers(soft(0))).toEqual([0, 1, 0, 0, 1, 0]);
      expect(await readNumbers(soft(1))).toEqual([1, 0, 0, 1, 1, 0]);
      const hard = regionsOf([1, 0, 0, 1, 1, 1], [2, 3, 1], "bool", 1, fused);
      expect(await readNumbers(hard(0))).toEqual([1, 0, 0, 1, 1, 1]);
    });

    it(`are those of the largest values, the first of equal ones; fused: ${fused}`, async () => {
      const labels = tensor([0.4, 0.6, 0.7, 0.3, 0.5, 0.5, 0, 1, 1, 0, 1, 1], [2, 3, 2]) as Tensor3D;
      const regions = largestRegions({ labels, batch: 2, voxels: 3, classes: 2, fused });
      expect(await readNumbers(regions(0))).toEqual([0, 1, 1, 0, 1, 1]);
      expect(await readNumbers(regions(1))).toEqual([1, 0, 0, 1, 0, 0]);
    });

    it(`leave nothing behind but themselves; fused: ${fused}`, () => {
      const regions = regionsOf([0, 2, 1, 0, 1, 2], [2, 3], "int32", 3, fused);
      const before = memory().numTensors;
      const region = regions(1);
      expect(memory().numTensors).toBe(before + 1);
      region.dispose();
    });
  }
});
