import { absoluteErrors, hingeErrors, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
import { onEachBackend, readGradient, readLoss } from "@lossary/test-kit";
import type { Tensor } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const problemOf = (labels: Tensor, predictions: Tensor, options?: object) =>
  prepare("errors", labels, predictions, readOptions("errors", options, sharedRules));
const absolute = (labels: Tensor, predictions: Tensor, options?: object) =>
  absoluteErrors(problemOf(labels, predictions, options));
const hinge = (labels: Tensor, predictions: Tensor, options?: object) =>
  hingeErrors(problemOf(labels, predictions, options));

onEachBackend("absoluteErrors", () => {
  it("is |p - g| with the sign of p - g for its slope, at p = g that of a hard target from inside", async () => {
    const call = { shape: [1, 5, 1], predictions: [0.9, 0.2, 1, 0, 0.3], labels: [1, 0, 1, 0, 0.5] };
    expect((await readLoss(absolute, call)).values).toBeClose([0.1, 0.2, 0, 0, 0.2]);
    expect(await readGradient(absolute, call)).toBeClose([-1, 1, -1, 1, -1]);
  });

  it("keeps the digits of a small error of a saturated logit: 1 - sigma(12) = 6.144e-6", async () => {
    const call = { shape: [1, 1, 1], predictions: [12], labels: [1], options: { activation: "sigmoid" } };
    const wrong = 1 / (1 + Math.exp(12));
    expect((await readLoss(absolute, call)).values).toBeClose([wrong], { absolute: 0 });
    expect(await readGradient(absolute, call)).toBeClose([-wrong * (1 - wrong)], { absolute: 0 });
  });

  it("is 0 with the slope 0 at ignored voxels, whatever stands there", async () => {
    const options = { weights: Float32Array.of(0, 1) };
    const call = { shape: [1, 2, 1], predictions: [Number.NaN, 0.5], labels: [1, 1], options };
    expect((await readLoss(absolute, call)).values).toEqual([0, 0.5]);
    expect(await readGradient(absolute, call)).toEqual([0, -1]);
  });
});

onEachBackend("hingeErrors", () => {
  it("is what a score lacks of a margin of 1 on its side, with the slope 0 beyond", async () => {
    const call = { shape: [1, 4, 1], predictions: [0.25, 0.25, 1, -3], labels: [1, 0, 1, 0] };
    expect((await readLoss(hinge, call)).values).toBeClose([0.75, 1.25, 0, 0]);
    expect((await readGradient(hinge, call)).map((slope) => slope + 0)).toEqual([-1, 1, 0, 0]);
  });
});
