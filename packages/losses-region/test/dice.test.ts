import { diceLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };

onEachBackend("diceLoss", () => {
  it("is .2333 for four voxels, smooth 1", () => {
    const call = { ...four, options: { smooth: 1 } };
    expect(lossOf(diceLoss, call).values).toBeClose(0.233333333);
    expect(gradientOf(diceLoss, call)).toBeClose([-0.205556, 0.127778, -0.205556, -0.205556], { relative: 3e-6 });
  });
  it("is .1321 with squares, smooth 1", () => {
    const call = { ...four, options: { smooth: 1, denominator: "squares" } };
    expect(lossOf(diceLoss, call).values).toBeClose(0.132075472);
    expect(gradientOf(diceLoss, call)).toBeClose([-0.082592, 0.065504, -0.180847, -0.279103], { relative: 3e-6 });
  });
});
