import { diceTopKLoss } from "@lossary/losses-compound";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };

onEachBackend("diceTopKLoss", () => {
  it("is .2333 + .8574 with smooth 1 and the upper half", () => {
    const options = { dice: { smooth: 1 }, topK: { percent: 50 } };
    expect(lossOf(diceTopKLoss, { ...four, options }).values).toBeClose(0.233333333 + 0.857399214);
  });
});
