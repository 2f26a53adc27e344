import { hausdorffErosionLoss } from "@lossary/losses-boundary";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { referenceGradient, referenceLosses } from "@lossary/test-kit/reference";
import { expect, it } from "vitest";

const missed = { shape: [1, 7, 1], labels: Int32Array.of(0, 0, 1, 1, 1, 0, 0), predictions: new Array(7).fill(0) };

onEachBackend("hausdorffErosionLoss", () => {
  it("is (5/3 + 4/9) / 7 for three missed voxels: 1/3 1 1/3 after one erosion, 1/9 after two", () => {
    expect(lossOf(hausdorffErosionLoss, missed).values).toBeClose((5 / 3 + 4 / 9) / 7);
    expect(lossOf(hausdorffErosionLoss, { ...missed, options: { erosions: 1 } }).values).toBeClose(5 / 21);
  });
  it("has a gradient through both erosions, the largest in the middle of the error", () => {
    // de_0 = -2: e_1 depends on it by 2/3 (each of three voxels), e_2 by (2/3)^2 of the two or three that reach the middle
    const [first, second] = [2 / 3, (4 * 4) / 9];
    const edge = (-2 * (first * 2 + second * 2)) / 7;
    const middle = (-2 * (first * 3 + second * 3)) / 7;
    expect(gradientOf(hausdorffErosionLoss, missed).slice(2, 5)).toBeClose([edge, middle, edge]);
  });
  it.each([[[9, 8]], [[5, 6, 5]]])(
    "agrees with its float64 reference on an error of many voxels: sides %j",
    (sides) => {
      const voxels = sides.reduce((size, side) => size * side, 1);
      const call = {
        shape: [1, ...sides, 1],
        labels: new Float64Array(voxels).fill(1),
        predictions: Float64Array.from({ length: voxels }, (_, i) => 0.05 + 0.045 * Math.sin(i * 2.7)),
        options: {
          erosions: 3,
          alpha: 1.5,
          weights: Float64Array.from({ length: voxels }, (_, i) => (i % 17 === 3 ? 0 : 1)),
        },
      };
      const expected = referenceLosses.hausdorffErosionLoss(call);
      const first = referenceLosses.hausdorffErosionLoss({ ...call, options: { ...call.options, erosions: 1 } });
      expect(expected.values[0]).toBeGreaterThan(1.2 * (first.values[0] as number));
      expect(lossOf(hausdorffErosionLoss, call).values).toBeClose(expected.values);
      const slopes = referenceGradient(referenceLosses.hausdorffErosionLoss, call, { step: 1e-4 });
      expect(gradientOf(hausdorffErosionLoss, call)).toBeClose(slopes);
    },
  );
  it("does not see an error of one voxel, nor unsure predictions", () => {
    for (const predictions of [[0, 0, 1, 1, 1, 1, 0], new Array(7).fill(0.5)]) {
      const call = { ...missed, predictions };
      expect(lossOf(hausdorffErosionLoss, call).values).toEqual([0]);
      expect(gradientOf(hausdorffErosionLoss, call).map(Math.abs)).toEqual(new Array(7).fill(0));
    }
  });
  it("refuses a number of erosions that it cannot make", () => {
    for (const erosions of [0, 25, 1.5]) {
      expect(() => lossOf(hausdorffErosionLoss, { ...missed, options: { erosions } })).toThrow(
        /^hausdorffErosionLoss: erosions must be a whole number from 1 to 24/,
      );
    }
  });
});
