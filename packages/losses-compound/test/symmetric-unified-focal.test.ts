import { asymmetricUnifiedFocalLoss, symmetricUnifiedFocalLoss } from "@lossary/losses-compound";
import { crossEntropyLoss } from "@lossary/losses-distribution";
import { tverskyLoss } from "@lossary/losses-region";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const two = { shape: [1, 2, 2], predictions: [0.75, 0.25, 0.5, 0.5], labels: Int32Array.of(0, 1) };

onEachBackend("symmetricUnifiedFocalLoss", () => {
  it("modulates both classes: focal (.4 x .5 x -ln .75 + .6 x sqrt(.5) x -ln .5) / 2, Tversky the roots", () => {
    const focal = (0.4 * 0.5 * -Math.log(0.75) + 0.6 * Math.SQRT1_2 * Math.LN2) / 2;
    const tversky = (Math.sqrt(1 - 0.75 / 1.1) + Math.sqrt(1 - 0.5 / 0.9)) / 2;
    const call = { ...two, options: { smooth: 0 } };
    expect(lossOf(symmetricUnifiedFocalLoss, call).values).toBeClose((focal + tversky) / 2);
  });

  it("is its parts at gamma 0 and delta .5: half the cross entropy, and Tversky with weights of one half", () => {
    const corner = { gamma: 0, delta: 0.5 };
    const entropy = lossOf(crossEntropyLoss, two).values[0] as number;
    const tversky = lossOf(tverskyLoss, { ...two, options: { falsePositiveWeight: 0.5, falseNegativeWeight: 0.5 } })
      .values[0] as number;
    for (const loss of [symmetricUnifiedFocalLoss, asymmetricUnifiedFocalLoss]) {
      expect(lossOf(loss, { ...two, options: { ...corner, focalWeight: 1 } }).values).toBeClose(entropy / 2);
      expect(lossOf(loss, { ...two, options: { ...corner, focalWeight: 0 } }).values).toBeClose(tversky);
    }
  });
});
