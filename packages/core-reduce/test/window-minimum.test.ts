import { windowMinimum, windowMinimumGradient } from "@lossary/core-reduce";
import { onEachBackend } from "@lossary/test-kit";
import { type Tensor, tensor3d } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

const numbersOf = (t: Tensor) => Array.from(t.dataSync());

describe.each([true, false])("fused %s", (fused) => {
  onEachBackend("windowMinimum", () => {
    const line = { spatial: [5], axes: [0], fused };

    it("is the smallest of three in a row, of two at the ends, below 0 too", () => {
      const x = tensor3d([3, -1, 4, 1, 5], [1, 5, 1]);
      expect(numbersOf(windowMinimum(x, line))).toEqual([-1, -1, -1, 1, 1]);
    });

    it("is a tensor of its own where no axis is looked along", () => {
      const x = tensor3d([3, -1], [1, 2, 1]);
      windowMinimum(x, { spatial: [2], axes: [], fused }).dispose();
      expect(numbersOf(x)).toEqual([3, -1]);
    });

    it("lets ties share evenly: 2 2 5 with upstream 6 6 6 gives 3 + 3, 3 + 3 + 6, 0", () => {
      const x = tensor3d([2, 2, 5], [1, 3, 1]);
      const window = { ...line, spatial: [3] };
      const slope = windowMinimumGradient(tensor3d([6, 6, 6], [1, 3, 1]), x, windowMinimum(x, window), window);
      expect(numbersOf(slope)).toEqual([6, 12, 0]);
    });

    it("looks along the axes that it is told, within a sample and a class", () => {
      // two samples of 2 x 2 voxels of two classes
      const x = tensor3d([1, 8, 2, 7, 3, 6, 4, 5, 9, 0, 9, 0, 9, 0, 9, 0], [2, 4, 2]);
      const along = (axes: number[]) => numbersOf(windowMinimum(x, { spatial: [2, 2], axes, fused })).slice(0, 8);
      expect(along([0])).toEqual([1, 6, 2, 5, 1, 6, 2, 5]);
      expect(along([1])).toEqual([1, 7, 1, 7, 3, 5, 3, 5]);
      expect(along([0, 1])).toEqual([1, 6, 1, 5, 1, 5, 2, 5]);
    });

    it("has gradients that add up to those that came in", () => {
      const values = Float32Array.from({ length: 2 * 24 * 2 }, (_, i) => ((i * 7) % 5) / 4);
      const x = tensor3d(values, [2, 24, 2]);
      const window = { spatial: [2, 3, 4], axes: [0, 1, 2], fused };
      const upstream = tensor3d(
        Float32Array.from(values, (_, i) => i % 3),
        [2, 24, 2],
      );
      const slope = numbersOf(windowMinimumGradient(upstream, x, windowMinimum(x, window), window));
      const total = (list: number[]) => list.reduce((sum, value) => sum + value, 0);
      expect(total(slope)).toBeClose(total(numbersOf(upstream)));
    });
  });
});
