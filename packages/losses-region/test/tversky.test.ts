import { diceLoss, iouLoss, tverskyLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const lossAt = (call: object) => lossOf(tverskyLoss, { ...four, ...call }).values;

onEachBackend("tverskyLoss", () => {
  it("is .2432 for four voxels, smooth 1", () => {
    const call = { ...four, options: { smooth: 1 } };
    expect(lossOf(tverskyLoss, call).values).toBeClose(0.243243243); // 1 - 2.8 / (1.8 + .3 * .2 + .7 * 1.2 + 1)
    expect(gradientOf(tverskyLoss, call)).toBeClose([-0.208912, 0.061359, -0.208912, -0.208912], { relative: 3e-6 });
  });

  it("prices a missed voxel at .7 and a false alarm at .3: 7/27 and 3/23", () => {
    const options = { smooth: 0 };
    // two voxels right, one missed: .7 / (2 + .7)
    expect(lossAt({ predictions: [1, 0, 1, 0], options })).toBeClose(7 / 27);
    // two voxels right, one false alarm: .3 / (2 + .3)
    expect(lossAt({ predictions: [1, 0, 1, 1], labels: [1, 0, 1, 0], options })).toBeClose(3 / 23);
  });

  it("is Dice with halved smoothing constants at .5 and .5", () => {
    const half = { falsePositiveWeight: 0.5, falseNegativeWeight: 0.5 };
    const call = { ...four, options: { smooth: 1 } };
    expect(lossAt({ options: { ...half, smooth: 0.5 } })).toBeClose(lossOf(diceLoss, call).values);
    expect(gradientOf(tverskyLoss, { ...four, options: { ...half, smooth: 0.5 } })).toBeClose(
      gradientOf(diceLoss, call),
    );
  });

  it("is IoU at 1 and 1", () => {
    const options = { falsePositiveWeight: 1, falseNegativeWeight: 1 };
    expect(lossAt({ options })).toBeClose(lossOf(iouLoss, four).values);
    expect(gradientOf(tverskyLoss, { ...four, options })).toBeClose(gradientOf(iouLoss, four));
  });

  it("is 0 at the perfect prediction and 1 where nothing overlaps", () => {
    expect(lossAt({ predictions: [1, 0, 1, 1] })).toEqual([0]);
    expect(lossAt({ predictions: [0, 1, 0, 0], options: { smooth: 0 } })).toEqual([1]);
  });

  it("refuses prices that are negative, and two of 0", () => {
    expect(() => lossAt({ options: { falsePositiveWeight: -1 } })).toThrow(
      /^tverskyLoss: falsePositiveWeight must be a finite number of at least 0 \(got -1\)/,
    );
    expect(() => lossAt({ options: { falsePositiveWeight: 0, falseNegativeWeight: 0 } })).toThrow(
      /^tverskyLoss: falsePositiveWeight and falseNegativeWeight are both 0/,
    );
  });
});
