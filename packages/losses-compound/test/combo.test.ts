import { comboLoss } from "@lossary/losses-compound";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };

onEachBackend("comboLoss", () => {
  it("is -.2556 + .5 for four voxels of one class, alpha .5 beta .5 smooth 1", () => {
    expect(lossOf(comboLoss, four).values).toBeClose(0.5 - 0.255626927);
    expect(gradientOf(comboLoss, four)).toBeClose([-0.172222, 0.142014, -0.206944, -0.311111], { relative: 3e-6 });
  });

  it("refuses an alpha above 1", () => {
    expect(() => lossOf(comboLoss, { ...four, options: { alpha: 2 } })).toThrow(
      "comboLoss: alpha must be a finite number from 0 to 1 (got 2)",
    );
  });
});
