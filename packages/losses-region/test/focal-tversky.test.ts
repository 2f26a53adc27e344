import { focalTverskyLoss, tverskyLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const lossAt = (call: object) => lossOf(focalTverskyLoss, { ...four, ...call }).values;

onEachBackend("focalTverskyLoss", () => {
  it("is .3464 for four voxels, smooth 1", () => {
    const call = { ...four, options: { smooth: 1 } };
    expect(lossOf(focalTverskyLoss, call).values).toBeClose(0.346362279); // .243243^.75
    expect(gradientOf(focalTverskyLoss, call)).toBeClose([-0.223107, 0.065528, -0.223107, -0.223107], {
      relative: 3e-6,
    });
  });

  it("is the Tversky loss at gamma 1", () => {
    const call = { ...four, options: { gamma: 1 } };
    expect(lossOf(focalTverskyLoss, call).values).toBeClose(lossOf(tverskyLoss, four).values);
    expect(gradientOf(focalTverskyLoss, call)).toBeClose(gradientOf(tverskyLoss, four));
  });

  it("raises each class to the power before the mean: (0 + 1) / 2, not (1/2)^.75 = .59", () => {
    const call = {
      shape: [1, 2, 2],
      predictions: [1, 0, 1, 0],
      labels: [1, 0, 1, 1],
      options: { smooth: 0 },
    };
    expect(lossOf(focalTverskyLoss, { ...call, options: { ...call.options, reduction: "none" } }).values).toBeClose([
      0, 1,
    ]);
    expect(lossOf(focalTverskyLoss, call).values).toBeClose(0.5);
  });

  it("has the gradient 0 at the perfect prediction, where that of the power is infinite", () => {
    const call = { ...four, predictions: [1, 0, 1, 1] };
    expect(lossOf(focalTverskyLoss, call).values).toEqual([0]);
    expect(gradientOf(focalTverskyLoss, call).map(Math.abs)).toEqual([0, 0, 0, 0]);
  });

  it("has finite gradients a hair away from it, with steep powers too", () => {
    for (const gamma of [4 / 3, 3, 100]) {
      const call = {
        shape: [1, 2, 1],
        predictions: [90, -90],
        labels: [1, 0],
        options: { activation: "sigmoid", gamma },
      };
      expect(gradientOf(focalTverskyLoss, call).every(Number.isFinite), `gamma ${gamma}`).toBe(true);
    }
  });

  it("refuses a gamma that is not above 0", () => {
    expect(() => lossAt({ options: { gamma: 0 } })).toThrow(
      /^focalTverskyLoss: gamma must be a finite number above 0 \(got 0\)/,
    );
  });
});
