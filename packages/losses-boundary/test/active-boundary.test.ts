import { activeBoundaryLoss, contourDistanceMap } from "@lossary/losses-boundary";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { min, tensor } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

// the true boundary are the voxels 1 and 2, M = 1 0 0 1 2 3; the prediction turns most at the voxel 3
const call = {
  shape: [1, 6, 1],
  labels: Int32Array.of(0, 0, 1, 1, 1, 1),
  predictions: [0.1, 0.1, 0.1, 0.8, 0.8, 0.8],
  options: { maxDistance: 1 },
};

onEachBackend("activeBoundaryLoss", () => {
  it("is ln(1 + e^k) - .9 k with k = KL(.8 || .1) = 1.3627 for a boundary one voxel off", () => {
    expect(lossOf(activeBoundaryLoss, call).values).toBeClose(0.364172);
  });
  it("asks the boundary voxel to become like the other side, and no other voxel for anything", () => {
    // -(softmax - t) (ln P_2 - ln P_4) of p and 1 - p, for the neighbour 2
    const toward = 3.906874 / 4.906874 - 0.9;
    const slope = -toward * (Math.log(0.1 / 0.8) - Math.log(0.9 / 0.2));
    expect(gradientOf(activeBoundaryLoss, call)).toBeClose([0, 0, 0, slope, 0, 0]);
    expect(slope).toBeLessThan(0);
  });
  it("is 0 where the boundary is right, however sure the prediction is", () => {
    for (const p of [0.6, 0.9, 1]) {
      const right = { ...call, predictions: [1 - p, 1 - p, p, p, p, p] };
      expect(lossOf(activeBoundaryLoss, right).values).toEqual([0]);
    }
  });
  it("is 0 in a sample without a boundary, true or predicted", () => {
    expect(lossOf(activeBoundaryLoss, { ...call, labels: new Int32Array(6) }).values).toEqual([0]);
    expect(lossOf(activeBoundaryLoss, { ...call, predictions: new Array(6).fill(0.3) }).values).toEqual([0]);
  });
  it("weighs with the distance up to maxDistance: 1/20 of the cost at distance 1 by default", () => {
    expect(lossOf(activeBoundaryLoss, { ...call, options: {} }).values).toBeClose(0.364172 / 20);
    expect(lossOf(activeBoundaryLoss, { ...call, options: { spacing: 3 } }).values).toBeClose((0.364172 * 3) / 20);
  });
  it("takes the smallest of the distances that contourDistanceMap makes", () => {
    const map = min(contourDistanceMap(tensor([...call.labels], [1, 6], "int32"), { classes: 2 }), -1);
    expect([...map.dataSync()]).toEqual([1, 0, 0, 1, 2, 3]);
    const distanceMap = Float64Array.from(map.dataSync());
    map.dispose();
    expect(lossOf(activeBoundaryLoss, { ...call, options: { maxDistance: 1, distanceMap } }).values).toBeClose(
      0.364172,
    );
  });
  it("refuses independent channels, between which there is no boundary", () => {
    const channels = { ...call, shape: [1, 3, 2], labels: [1, 0, 0, 1, 0, 1], options: { multiLabel: true } };
    expect(() => lossOf(activeBoundaryLoss, channels)).toThrow(/^activeBoundaryLoss: .*got 2 independent channels/);
    expect(() => lossOf(activeBoundaryLoss, { ...call, options: { maxDistance: 0 } })).toThrow(/maxDistance must be/);
    expect(() => lossOf(activeBoundaryLoss, { ...call, options: { classWeights: [1] } })).toThrow(/classWeights/);
  });
});
