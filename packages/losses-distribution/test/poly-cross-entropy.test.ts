import { crossEntropyLoss, polyCrossEntropyLoss } from "@lossary/losses-distribution";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { ones } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };

onEachBackend("polyCrossEntropyLoss", () => {
  it("is the cross entropy .5108 and the mean error .35, slopes by -1/4 and 1/4 further", () => {
    expect(lossOf(polyCrossEntropyLoss, four).values).toBeClose(0.860825624);
    expect(gradientOf(polyCrossEntropyLoss, four)).toBeClose([-0.527778, 0.5625, -0.666667, -1.083333], {
      relative: 3e-6,
    });
  });

  it("adds 2.5 (1 - p) of the true class for exclusive classes", () => {
    const call = {
      shape: [1, 2, 3],
      predictions: [0.5, 0.25, 0.25, 0.125, 0.125, 0.75],
      labels: Int32Array.of(0, 2),
      options: { epsilon: 2.5, reduction: "none" },
    };
    expect(lossOf(polyCrossEntropyLoss, call).values).toBeClose([Math.LN2 + 1.25, -Math.log(0.75) + 0.625]);
    expect(gradientOf(polyCrossEntropyLoss, call)).toBeClose([-4.5, 0, 0, 0, 0, -4 / 3 - 2.5]);
  });

  it("is cross entropy with epsilon 0, to the last bit, in value and gradient", () => {
    const call = { ...four, options: { epsilon: 0 } };
    expect(lossOf(polyCrossEntropyLoss, call).values).toEqual(lossOf(crossEntropyLoss, four).values);
    expect(gradientOf(polyCrossEntropyLoss, call)).toEqual(gradientOf(crossEntropyLoss, four));
  });

  it("is 0 for the perfect prediction", () => {
    expect(lossOf(polyCrossEntropyLoss, { ...four, predictions: four.labels }).values).toEqual([0]);
  });

  it("keeps the digits of saturated logits: ln(1 + e^-12) + 1 / (1 + e^12)", () => {
    const call = {
      shape: [1, 1, 2],
      predictions: [6, -6],
      labels: Int32Array.of(0),
      options: { activation: "softmax" },
    };
    const wrong = 1 / (1 + Math.exp(12));
    expect(lossOf(polyCrossEntropyLoss, call).values).toBeClose(Math.log1p(Math.exp(-12)) + wrong, { absolute: 0 });
    const slope = wrong + wrong * (1 - wrong);
    expect(gradientOf(polyCrossEntropyLoss, call)).toBeClose([-slope, slope], { absolute: 0 });
  });

  it("smooths the target of both terms: g' = .8, .1, .1 with e = .3", () => {
    const call = {
      shape: [1, 1, 3],
      predictions: [0.5, 0.25, 0.25],
      labels: Int32Array.of(0),
      options: { labelSmoothing: 0.3 },
    };
    const crossEntropy = -(0.8 * Math.log(0.5) + 0.2 * Math.log(0.25));
    expect(lossOf(polyCrossEntropyLoss, call).values).toBeClose(crossEntropy + 0.8 * 0.5 + 0.2 * 0.75);
  });

  it("refuses an epsilon below -1, with which the loss would be negative", () => {
    expect(() => polyCrossEntropyLoss(ones([1, 2, 3]), ones([1, 2, 3]), { epsilon: -2 })).toThrow(
      "polyCrossEntropyLoss: epsilon must be a finite number of at least -1 (got -2)",
    );
  });
});
