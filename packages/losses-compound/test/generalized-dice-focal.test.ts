import { generalizedDiceFocalLoss } from "@lossary/losses-compound";
import { generalizedDiceLoss } from "@lossary/losses-region";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const p = [0.9, 0.2, 0.6, 0.3];
const twoClasses = { shape: [1, 4, 2], predictions: p.flatMap((x) => [1 - x, x]), labels: Int32Array.of(1, 0, 1, 1) };

onEachBackend("generalizedDiceFocalLoss", () => {
  it("is .4375 + focal (gamma 2) of the probabilities of the truth: .9 .8 .6 .3", () => {
    const focal = [0.9, 0.8, 0.6, 0.3].reduce((sum, of) => sum - (1 - of) ** 2 * Math.log(of), 0) / 4;
    const call = { ...twoClasses, options: { generalizedDice: { smooth: 0 } } };
    expect(lossOf(generalizedDiceLoss, { ...twoClasses, options: { smooth: 0 } }).values).toBeClose(0.4375);
    expect(lossOf(generalizedDiceFocalLoss, call).values).toBeClose(0.4375 + focal);
  });
});
