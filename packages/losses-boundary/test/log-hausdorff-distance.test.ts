import { hausdorffDistanceLoss, logHausdorffDistanceLoss } from "@lossary/losses-boundary";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const shifted = {
  shape: [1, 7, 1],
  labels: Int32Array.of(0, 0, 1, 1, 1, 0, 0),
  predictions: [0, 0, 0, 1, 1, 1, 0],
};

onEachBackend("logHausdorffDistanceLoss", () => {
  it("is ln (1 + 4/7) = .45199 for 0011100 shifted by one", () => {
    expect(lossOf(logHausdorffDistanceLoss, shifted).values).toBeClose(0.451985124);
  });
  it("is 0 at the perfect prediction", () => {
    expect(lossOf(logHausdorffDistanceLoss, { ...shifted, predictions: [0, 0, 1, 1, 1, 0, 0] }).values).toEqual([0]);
  });
  it("takes the logarithm of each class before the mean over classes", () => {
    const call = { ...shifted, shape: [1, 7, 2], predictions: shifted.predictions.flatMap((p) => [1 - p, p]) };
    const classes = lossOf(hausdorffDistanceLoss, { ...call, options: { reduction: "none" } }).values;
    const expected = classes.reduce((sum, loss) => sum + Math.log1p(loss), 0) / 2;
    expect(lossOf(logHausdorffDistanceLoss, call).values).toBeClose(expected);
  });
});
