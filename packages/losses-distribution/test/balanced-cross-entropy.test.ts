import { balancedCrossEntropyLoss, crossEntropyLoss } from "@lossary/losses-distribution";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { ones } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const slopes = [-0.069444, 0.234375, -0.104167, -0.208333];

onEachBackend("balancedCrossEntropyLoss", () => {
  it("is .1556 with beta .25", () => {
    const call = { ...four, options: { beta: 0.25 } };
    expect(lossOf(balancedCrossEntropyLoss, call).values).toBeClose(0.15559935);
    expect(gradientOf(balancedCrossEntropyLoss, call)).toBeClose(slopes, { relative: 3e-6 });
  });

  it("finds beta by itself: one voxel of four is negative, so it is .25", () => {
    expect(lossOf(balancedCrossEntropyLoss, four).values).toBeClose(0.15559935);
    expect(gradientOf(balancedCrossEntropyLoss, four)).toBeClose(slopes, { relative: 3e-6 });
  });

  it("finds one beta for each sample: 1/2 and, clamped, .01", () => {
    const call = {
      shape: [2, 2, 1],
      predictions: [0.5, 0.5, 0.5, 0.5],
      labels: [1, 0, 1, 1],
      options: { reduction: "sample" },
    };
    expect(lossOf(balancedCrossEntropyLoss, call).values).toBeClose([Math.LN2 / 2, 0.01 * Math.LN2]);
  });

  it("still charges the false positives of an image without positives: 1 % of them", () => {
    const empty = { ...four, labels: [0, 0, 0, 0] };
    const plain = lossOf(crossEntropyLoss, empty).values[0] as number;
    expect(lossOf(balancedCrossEntropyLoss, empty).values).toBeClose(0.01 * plain);
    const within = { ...empty, options: { betaRange: [0.2, 0.6] } };
    expect(lossOf(balancedCrossEntropyLoss, within).values).toBeClose(0.4 * plain);
  });

  it("is half of binary cross entropy with beta .5", () => {
    const half = { ...four, options: { beta: 0.5 } };
    const plain = lossOf(crossEntropyLoss, four).values[0] as number;
    expect(lossOf(balancedCrossEntropyLoss, half).values).toBeClose(plain / 2);
  });

  it("takes the channels of a softmax one by one: [.25 + .75 + .75 + .25] ln 2 / 4", () => {
    // two voxels, both of class 0; p = 1/2 everywhere, beta .25
    const call = {
      shape: [1, 2, 2],
      predictions: [0, 0, 0, 0],
      labels: Int32Array.of(0, 0),
      options: { activation: "softmax", beta: 0.25 },
    };
    expect(lossOf(balancedCrossEntropyLoss, call).values).toBeClose(Math.LN2 / 2);
    const severalLabels = { ...call, options: { ...call.options, multiLabel: true } };
    expect(lossOf(balancedCrossEntropyLoss, severalLabels).values).toBeClose(Math.LN2 / 2);
  });

  it("is 0 for the perfect prediction", () => {
    const perfect = { ...four, predictions: four.labels };
    expect(lossOf(balancedCrossEntropyLoss, perfect).values).toEqual([0]);
  });

  it("keeps the digits of saturated logits: .75 x .25 x ln(1 + e^-12) and its slope", () => {
    const call = {
      shape: [1, 4, 1],
      predictions: [40, -40, 40, 12],
      labels: four.labels,
      options: { activation: "sigmoid", reduction: "sum" },
    };
    expect(lossOf(balancedCrossEntropyLoss, call).values).toBeClose(0.25 * Math.log1p(Math.exp(-12)), { absolute: 0 });
    const slope = gradientOf(balancedCrossEntropyLoss, call)[3] as number;
    expect(slope).toBeClose(-0.25 / (1 + Math.exp(12)), { absolute: 0 });
  });

  it("refuses a range beside a number, exclusive channels, and numbers out of range", () => {
    const call = (options: object) => () => balancedCrossEntropyLoss(ones([1, 2, 1]), ones([1, 2, 1]), options);
    expect(call({ beta: 0.5, betaRange: [0.1, 0.9] })).toThrow(
      'balancedCrossEntropyLoss: betaRange limits beta "auto" and contradicts beta 0.5',
    );
    expect(call({ multiLabel: false })).toThrow("balancedCrossEntropyLoss: multiLabel: false contradicts");
    expect(call({ beta: 1.5 })).toThrow(
      'balancedCrossEntropyLoss: beta must be a number from 0 to 1, or "auto" (got 1.5)',
    );
    for (const betaRange of [[0.9, 0.1], [0.1], [-1, 0.5], [0, 2], [0, Number.NaN], 0.5]) {
      expect(call({ betaRange })).toThrow("betaRange must be two numbers from 0 to 1, the smaller first");
    }
  });
});
