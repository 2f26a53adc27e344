import { diceLoss, iouLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const lossAt = (call: object) => lossOf(iouLoss, { ...four, ...call }).values;

onEachBackend("iouLoss", () => {
  it("is 1/3 for four voxels, smooth 1", () => {
    const call = { ...four, options: { smooth: 1 } };
    expect(lossOf(iouLoss, call).values).toBeClose(1 / 3); // 1 - (1.8 + 1) / (2 + 3 - 1.8 + 1)
    expect(gradientOf(iouLoss, call)).toBeClose([-0.238095, 0.15873, -0.238095, -0.238095], { relative: 3e-6 });
  });

  it("is 1/5 when one voxel of four is missed, smooth 1", () => {
    // 1 - (3 + 1) / (4 + 1)
    expect(lossAt({ predictions: [1, 1, 1, 0], labels: [1, 1, 1, 1], options: { smooth: 1 } })).toBeClose(0.2);
  });

  it("is 0 at the perfect prediction, hard or soft, and 1 where nothing overlaps", () => {
    expect(lossAt({ predictions: [1, 0, 1, 1] })).toEqual([0]);
    expect(lossAt({ predictions: [0.5, 0.25, 0, 1], labels: [0.5, 0.25, 0, 1] })).toEqual([0]);
    expect(lossAt({ predictions: [0, 1, 0, 0], options: { smooth: 0 } })).toEqual([1]);
  });

  it("is L = 2 D / (1 + D) of the Dice loss D of one class, without smoothing", () => {
    const call = { ...four, options: { smooth: 0 } };
    const [dice] = lossOf(diceLoss, call).values as [number];
    expect(lossAt({ options: { smooth: 0 } })).toBeClose((2 * dice) / (1 + dice));
  });

  it("counts false positives of an absent class: 1 - 1 / (1.5 + 1) = .6, smooth 1", () => {
    expect(lossAt({ predictions: [1, 0.5, 0, 0], labels: [0, 0, 0, 0], options: { smooth: 1 } })).toBeClose(0.6);
  });
});
