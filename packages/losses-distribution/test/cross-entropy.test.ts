import { crossEntropyLoss } from "@lossary/losses-distribution";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };

onEachBackend("crossEntropyLoss", () => {
  it("is .5108 for four voxels of one class", () => {
    expect(lossOf(crossEntropyLoss, four).values).toBeClose(0.510825624);
    expect(gradientOf(crossEntropyLoss, four)).toBeClose([-0.277778, 0.3125, -0.416667, -0.833333], { relative: 3e-6 });
  });

  it("is ln 2 for two classes with equal logits", () => {
    const call = {
      shape: [1, 1, 2],
      predictions: [3, 3],
      labels: Int32Array.of(1),
      options: { activation: "softmax" },
    };
    expect(lossOf(crossEntropyLoss, call).values).toBeClose(Math.LN2);
    expect(gradientOf(crossEntropyLoss, call)).toBeClose([0.5, -0.5]);
  });

  it("keeps value and gradient of saturated logits: softplus(-12) = 6.144e-6, slope 6.144e-6", () => {
    const call = {
      shape: [1, 1, 2],
      predictions: [6, -6],
      labels: Int32Array.of(0),
      options: { activation: "softmax" },
    };
    const wrong = Math.exp(-12) / (1 + Math.exp(-12));
    expect(lossOf(crossEntropyLoss, call).values).toBeClose(Math.log1p(Math.exp(-12)), { absolute: 0 });
    expect(gradientOf(crossEntropyLoss, call)).toBeClose([-wrong, wrong], { absolute: 0 });
  });
});
