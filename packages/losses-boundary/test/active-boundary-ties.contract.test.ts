import { activeBoundaryLoss } from "@lossary/losses-boundary";
import { onEachBackend, readLoss } from "@lossary/test-kit";
import { referenceLosses } from "@lossary/test-kit/reference";
import { expect, it } from "vitest";

const side = 16;

/** How far each voxel is from a column of the middle row. */
const distancesTo = (column: number) =>
  Array.from({ length: side * side }, (_, i) => Math.hypot((i % side) - column, Math.floor(i / side) - (side - 1) / 2));

/** A soft disc, of which up to eight voxels turn alike, and a shifted one as the truth. */
const call = {
  shape: [1, side, side, 1],
  predictions: distancesTo((side - 1) / 2).map((distance) => 1 / (1 + Math.exp(distance - 5))),
  labels: Int32Array.from(distancesTo(side / 2 + 1), (distance) => Number(distance < 5.2)),
  options: { boundaryShare: 0.02, maxDistance: 2 },
};

onEachBackend("activeBoundaryLoss of a symmetric image", () => {
  it("takes voxels that turn alike together, however a backend rounds", async () => {
    const [expected] = referenceLosses.activeBoundaryLoss({
      ...call,
      predictions: Float64Array.from(call.predictions),
    }).values;
    for (const noise of [0, 1e-7, -2e-7]) {
      const predictions = call.predictions.map((p, i) => p * (1 + noise * Math.sin(i * 7.3)));
      const { values } = await readLoss(activeBoundaryLoss, { ...call, predictions });
      expect(values).toBeClose([expected as number], { relative: 1e-5 });
    }
  });
});
