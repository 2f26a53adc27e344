import { asymmetricUnifiedFocalLoss } from "@lossary/losses-compound";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const two = { shape: [1, 2, 2], predictions: [0.75, 0.25, 0.5, 0.5], labels: Int32Array.of(0, 1) };

onEachBackend("asymmetricUnifiedFocalLoss", () => {
  it("spares the foreground in the focal part: (.4 x .5 x -ln .75 + .6 x -ln .5) / 2", () => {
    const call = { ...two, options: { focalWeight: 1 } };
    expect(lossOf(asymmetricUnifiedFocalLoss, call).values).toBeClose(
      (0.4 * 0.5 * -Math.log(0.75) + 0.6 * Math.LN2) / 2,
    );
  });

  it("spares the background in the Tversky part: (1 - .75 / 1.1, the root of 1 - .5 / .9) averaged", () => {
    // class 0: I .75, FN .25, FP .5, T = .75 / (.75 + .15 + .2); class 1: I .5, FN .5, FP .25, T = .5 / (.5 + .3 + .1)
    const call = { ...two, options: { focalWeight: 0, smooth: 0 } };
    expect(lossOf(asymmetricUnifiedFocalLoss, call).values).toBeClose((1 - 0.75 / 1.1 + Math.sqrt(1 - 0.5 / 0.9)) / 2);
  });

  it("refuses a gamma of 1, at which the Tversky part would be constant", () => {
    const call = () => lossOf(asymmetricUnifiedFocalLoss, { ...two, options: { gamma: 1 } });
    expect(call).toThrow("asymmetricUnifiedFocalLoss: gamma must be below 1 where there is a Tversky part (got 1)");
  });
});
