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
  it("takes the logarithm of what the reduction gives, as MONAI does", () => {
    const call = { ...shifted, shape: [1, 7, 2], predictions: shifted.predictions.flatMap((p) => [1 - p, p]) };
    for (const reduction of ["mean", "sum", "sample", "none"]) {
      const at = { ...call, options: { reduction } };
      const reduced = lossOf(hausdorffDistanceLoss, at).values;
      expect(lossOf(logHausdorffDistanceLoss, at).values, reduction).toBeClose(reduced.map(Math.log1p));
    }
  });
});
