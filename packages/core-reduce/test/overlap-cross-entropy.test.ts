import { backends, onEachBackend } from "@lossary/test-kit";
import { memory, ones, type Tensor2D, tensor1d, tensor2d, tensor3d, tidy } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { overlapAndChosenTerms } from "../src/overlap-cross-entropy.ts";
import type { Problem } from "../src/problem.ts";

const problemOf = (weights: readonly number[] | undefined, fused: boolean): Problem => ({
  who: "test",
  predictions: tensor3d([0.1, 0.9, 0.5, 0.5, 0.75, 0.25, 0.2, 0.8], [1, 4, 2]),
  labels: tensor2d([1, 0, 1, 2], [1, 4], "int32"),
  weights: weights && tensor2d([...weights], [1, 4]),
  batch: 1,
  spatial: [4],
  voxels: 4,
  classes: 2,
  activation: "none",
  multiLabel: false,
  ignoreLabel: undefined,
  fused,
});

/** What the choice is shown, and what becomes of it. */
function shown(weights: readonly number[] | undefined, fused: boolean) {
  let map: number[] = [];
  const choose = (given: Tensor2D) => {
    map = Array.from(given.dataSync());
    return tensor2d([0, 2, 1, 0], [1, 4]);
  };
  return tidy(() => {
    const { costs, divisor } = overlapAndChosenTerms(
      problemOf(weights, fused),
      { intersection: "product", includeBackground: true },
      { positive: ones([1, 2]) as Tensor2D, labelSmoothing: 0 },
      { choose, divisorOf: () => tensor1d([3]) },
    );
    return { costs: Array.from(costs.dataSync()), divisor: Array.from(divisor.dataSync()), map };
  }) as unknown as Record<"costs" | "divisor" | "map", number[]>;
}

// a headless browser's webgpu cannot be read at once
onEachBackend(
  "overlap and chosen cross entropy",
  () => {
    describe.each([true, false])("fused %s", (fused) => {
      it.each([
        { weights: undefined, third: Math.log(4) },
        { weights: [3, 0.5, 7, 1], third: Math.log(4) },
        { weights: [3, 0.5, 0, 1], third: 0 },
      ])("shows the choice -ln p of the label whatever a voxel weighs, 0 where it does not count: %j", (given) => {
        const { map, costs, divisor } = shown(given.weights, fused);
        expect(map).toBeClose([-Math.log(0.9), Math.log(2), given.third, 0]);
        expect(costs).toBeClose([2 * Math.log(2) + given.third]);
        expect(divisor).toEqual([3]);
      });

      it("leaks nothing", () => {
        const before = memory().numTensors;
        shown([3, 0.5, 7, 1], fused);
        expect(memory().numTensors).toBe(before);
      });
    });
  },
  backends().filter((backend) => backend !== "webgpu"),
);
