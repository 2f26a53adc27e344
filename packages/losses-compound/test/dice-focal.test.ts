import { diceFocalLoss } from "@lossary/losses-compound";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };

onEachBackend("diceFocalLoss", () => {
  it("is .2333 + 2 x .0437 with smooth 1, alpha .25, gamma 2", () => {
    const options = { dice: { smooth: 1 }, focal: { alpha: 0.25 }, focalWeight: 2 };
    expect(lossOf(diceFocalLoss, { ...four, options }).values).toBeClose(0.233333333 + 2 * 0.04371935);
  });
});
