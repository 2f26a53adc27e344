import { hausdorffConvolutionLoss } from "@lossary/losses-boundary";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { distanceBetween, positions } from "@lossary/test-kit/reference";
import { type Tensor3D, tensor } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { ballSum } from "../src/ball-sum.ts";

const missed = { shape: [1, 7, 1], labels: Int32Array.of(0, 0, 1, 1, 1, 0, 0), predictions: new Array(7).fill(0) };

onEachBackend("hausdorffConvolutionLoss", () => {
  it("is (4/3 + 2 + 4/3) / 7 for three missed voxels and the radius 1", () => {
    expect(lossOf(hausdorffConvolutionLoss, { ...missed, options: { radii: [1] } }).values).toBeClose(14 / 3 / 7);
  });
  it("weighs radii with their power: spacing and radii doubled cost four times as much", () => {
    const options = { radii: [2], spacing: 2 };
    expect(lossOf(hausdorffConvolutionLoss, { ...missed, options }).values).toBeClose((4 * 14) / 3 / 7);
  });
  it("refuses radii that are none", () => {
    for (const radii of [[], [0], [1, -1], [Number.NaN], 3]) {
      expect(() => lossOf(hausdorffConvolutionLoss, { ...missed, options: { radii } })).toThrow(
        /^hausdorffConvolutionLoss: radii must be a list of finite numbers above 0/,
      );
    }
  });
});

onEachBackend("ballSum", () => {
  it.each([
    [[9], [0.5], 1.6],
    [[5, 7], [1, 1], 3],
    [[4, 6], [2, 0.7], 2.1],
    [[3, 4, 5], [1, 1, 1], 2],
    [[4, 3, 5], [2.5, 1, 0.8], 2.5],
    [[2, 2], [1, 1], 18],
  ])("sums what a search over all pairs finds: sides %j, spacing %j, radius %d", (spatial, spacing, radius) => {
    const points = positions(spatial, spacing);
    const values = points.map((_, i) => ((i * 7) % 5) - 1);
    const expected = points.map((centre) =>
      points.reduce(
        (sum, point, i) => sum + (distanceBetween(centre, point) <= radius * (1 + 1e-9) ? (values[i] as number) : 0),
        0,
      ),
    );
    const two = tensor(
      values.flatMap((value) => [value, 1]),
      [1, points.length, 2],
    ) as Tensor3D;
    const sums = ballSum(two, spatial, spacing, radius);
    expect([...sums.dataSync()].filter((_, i) => i % 2 === 0)).toBeClose(expected);
    two.dispose();
    sums.dispose();
  });
});
