import { crossEntropyLoss, focalLoss } from "@lossary/losses-distribution";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { ones } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };

/** One voxel of class 0, one of class 2; p of the truth 1/2 and 3/4. */
const three = { shape: [1, 2, 3], predictions: [0.5, 0.25, 0.25, 0.125, 0.125, 0.75], labels: Int32Array.of(0, 2) };
const terms = [0.25 * Math.LN2, -Math.log(0.75) / 16] as const;

onEachBackend("focalLoss", () => {
  it("is .0437 with alpha .25 and gamma 2", () => {
    const call = { ...four, options: { alpha: 0.25 } };
    expect(lossOf(focalLoss, call).values).toBeClose(0.04371935);
    expect(gradientOf(focalLoss, call)).toBeClose([-0.002011, 0.026111, -0.042208, -0.207431], { relative: 3e-6 });
  });

  it("is (1 - p)^2 times -ln p of the true class, without a division by the classes", () => {
    const call = { ...three, options: { reduction: "none" } };
    expect(lossOf(focalLoss, call).values).toBeClose(terms);
  });

  it("gives class 0 the share 1 - alpha and the others alpha; a list is the factor of each class", () => {
    const number = { ...three, options: { reduction: "none", alpha: 0.25 } };
    expect(lossOf(focalLoss, number).values).toBeClose([0.75 * terms[0], 0.25 * terms[1]]);
    const list = { ...three, options: { reduction: "none", alpha: [2, 5, 3] } };
    expect(lossOf(focalLoss, list).values).toBeClose([2 * terms[0], 3 * terms[1]]);
  });

  it("balances each channel by its own entry of a list", () => {
    const call = {
      shape: [1, 1, 2],
      predictions: [0.5, 0.5],
      labels: [1, 0],
      options: { multiLabel: true, alpha: [0.9, 0.2] },
    };
    // (.9 + 1 - .2) / 2 of ln 2 / 4
    expect(lossOf(focalLoss, call).values).toBeClose(((0.9 + 0.8) / 2) * 0.25 * Math.LN2);
  });

  it("is cross entropy with gamma 0, to the last bit, in value and gradient", () => {
    for (const call of [four, three, { ...four, options: { activation: "sigmoid" } }]) {
      const options = "options" in call ? call.options : {};
      const focal = { ...call, options: { ...options, gamma: 0 } };
      expect(lossOf(focalLoss, focal).values).toEqual(lossOf(crossEntropyLoss, call).values);
      expect(gradientOf(focalLoss, focal)).toEqual(gradientOf(crossEntropyLoss, call));
    }
  });

  it("does not turn a hard voxel down with the easy ones around it: 1 of 100 costs (1 - .01)^2 ln 100 / 100", () => {
    const shape = [1, 100, 1];
    const predictions = Array.from({ length: 100 }, (_, i) => (i === 0 ? 0.01 : 1));
    const call = { shape, predictions, labels: new Array<number>(100).fill(1) };
    expect(lossOf(focalLoss, call).values).toBeClose((0.99 ** 2 * Math.log(100)) / 100);
  });

  it("has a finite gradient with gamma .5 at p = 1, where the power alone has none", () => {
    const call = { shape: [1, 1, 1], predictions: [1], labels: [1], options: { gamma: 0.5 } };
    expect(lossOf(focalLoss, call).values).toEqual([0]);
    expect(gradientOf(focalLoss, call).map(Math.abs)).toEqual([0]);
  });

  it("keeps the digits of saturated logits: q^2 ln(1 + e^-6) with q = 1 / (1 + e^6)", () => {
    const call = { shape: [1, 1, 1], predictions: [6], labels: [1], options: { activation: "sigmoid" } };
    const wrong = 1 / (1 + Math.exp(6));
    const nats = Math.log1p(Math.exp(-6));
    expect(lossOf(focalLoss, call).values).toBeClose(wrong ** 2 * nats, { absolute: 0 });
    expect(gradientOf(focalLoss, call)).toBeClose(-(wrong ** 2) * (wrong + 2 * (1 - wrong) * nats), { absolute: 0 });
  });

  it("refuses shares that are none, and lists of another length", () => {
    const call = (options: object) => () => focalLoss(ones([1, 2, 3]), ones([1, 2, 3]), options);
    expect(call({ alpha: 1.5 })).toThrow("focalLoss: alpha must be a number from 0 to 1, or a list");
    expect(call({ alpha: [1, -1, 1] })).toThrow("focalLoss: alpha must be");
    expect(call({ alpha: [0.5, 0.5] })).toThrow(
      "focalLoss: alpha must be a number, or 3 numbers, one a class (got [0.5, 0.5])",
    );
    expect(call({ alpha: [0.5, 2, 0.5], multiLabel: true })).toThrow(
      "focalLoss: alpha must be from 0 to 1 for independent channels",
    );
    expect(call({ gamma: -1 })).toThrow("focalLoss: gamma must be a finite number of at least 0 (got -1)");
  });
});
