import { diceHausdorffLoss } from "@lossary/losses-compound";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const seven = { shape: [1, 7, 1], predictions: [0, 0, 1, 1, 0, 0, 1], labels: [0, 0, 1, 1, 1, 0, 0] };

onEachBackend("diceHausdorffLoss", () => {
  it("is 1/3 + 2 x (1 + 4) / 7 with the true field alone, 2 1 1 2 1 1 2 squared, at the two errors", () => {
    const options = { hausdorffWeight: 2, dice: { smooth: 0 }, hausdorff: { sided: "target" } };
    expect(lossOf(diceHausdorffLoss, { ...seven, options }).values).toBeClose(1 / 3 + (2 * (1 + 4)) / 7);
  });
});
