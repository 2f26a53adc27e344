import { diceCrossEntropyLoss } from "@lossary/losses-compound";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };

onEachBackend("diceCrossEntropyLoss", () => {
  it("is .2333 + .5108 for four voxels of one class, smooth 1", () => {
    const call = { ...four, options: { dice: { smooth: 1 } } };
    expect(lossOf(diceCrossEntropyLoss, call).values).toBeClose(0.233333333 + 0.510825624);
    expect(gradientOf(diceCrossEntropyLoss, call)).toBeClose([-0.483334, 0.440278, -0.622223, -1.038889], {
      relative: 3e-6,
    });
  });

  it("weighs its terms: 2 x .2333 + .5 x .5108", () => {
    const call = { ...four, options: { diceWeight: 2, crossEntropyWeight: 0.5, dice: { smooth: 1 } } };
    expect(lossOf(diceCrossEntropyLoss, call).values).toBeClose(2 * 0.233333333 + 0.5 * 0.510825624);
  });

  it("leaves the background out of both terms", () => {
    // p_1 = .5 against g_1 = 1 and 0: I .5, P 1, G 1, Dice .5; -ln .5 at one voxel of two
    const call = {
      shape: [1, 2, 2],
      predictions: [0, 0, 0, 0],
      labels: Int32Array.of(1, 0),
      options: { activation: "softmax", includeBackground: false, dice: { smooth: 0 } },
    };
    expect(lossOf(diceCrossEntropyLoss, call).values).toBeClose(0.5 + Math.LN2 / 2);
  });
});
