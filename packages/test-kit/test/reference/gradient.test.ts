import { describe, expect, it } from "vitest";
import { type ReferenceLoss, referenceGradient, referenceLosses } from "../../src/reference.ts";

const scalar = (value: number) => ({ values: Float64Array.of(value), shape: [] });

describe("referenceGradient", () => {
  it("is within 1e-8 of the derivative of ln at .05, .3 and .999", () => {
    const loss: ReferenceLoss = ({ predictions }) => scalar(predictions.reduce((sum, p) => sum + Math.log(p), 0));
    const predictions = Float64Array.of(0.05, 0.3, 0.999);
    const gradient = referenceGradient(loss, { shape: [1, 3, 1], predictions, labels: new Int32Array(3) });
    for (const [k, slope] of gradient.entries())
      expect(Math.abs(slope * (predictions[k] as number) - 1)).toBeLessThan(1e-8);
  });

  it("is (p - g) / N for the sigmoid cross entropy of logits", () => {
    const predictions = Float64Array.of(-2, 0.5, 3, 40);
    const labels = Int32Array.of(1, 0, 1, 0);
    const gradient = referenceGradient(referenceLosses.crossEntropyLoss, {
      shape: [1, 4, 1],
      predictions,
      labels,
      options: { activation: "sigmoid" },
    });
    predictions.forEach((x, k) => {
      const expected = (1 / (1 + Math.exp(-x)) - (labels[k] as number)) / 4;
      expect(Math.abs((gradient[k] as number) - expected)).toBeLessThan(1e-9);
    });
  });

  it("weighs the entries of the result by upstream", () => {
    const loss: ReferenceLoss = ({ predictions }) => ({ values: predictions.map((p) => p * p), shape: [2] });
    const input = { shape: [1, 2, 1], predictions: Float64Array.of(0.25, 0.5), labels: new Int32Array(2) };
    const gradient = referenceGradient(loss, input, { upstream: Float64Array.of(2, 10) });
    expect(gradient[0]).toBeCloseTo(1, 9);
    expect(gradient[1]).toBeCloseTo(10, 9);
  });

  it("leaves the detached predictions where they are, unless told otherwise", () => {
    // x times its own detached copy: the derivative is the copy, or 2x when nothing is frozen.
    const loss: ReferenceLoss = ({ predictions, detachedPredictions = predictions }) =>
      scalar((predictions[0] as number) * (detachedPredictions[0] as number));
    const input = { shape: [1, 1, 1], predictions: Float64Array.of(0.4), labels: new Int32Array(1) };
    expect(referenceGradient(loss, input)[0]).toBeCloseTo(0.4, 9);
    expect(referenceGradient(loss, input, { frozen: false })[0]).toBeCloseTo(0.8, 9);
  });
});
