import { logCoshDiceLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const lossAt = (call: object) => lossOf(logCoshDiceLoss, { ...four, ...call }).values;

onEachBackend("logCoshDiceLoss", () => {
  it("is .0270 for four voxels, smooth 1", () => {
    const call = { ...four, options: { smooth: 1 } };
    expect(lossOf(logCoshDiceLoss, call).values).toBeClose(0.026978734); // ln cosh .233333
    expect(gradientOf(logCoshDiceLoss, call)).toBeClose([-0.047111, 0.029285, -0.047111, -0.047111], {
      relative: 1e-5,
    });
  });

  it("is 0 at the perfect prediction and ln cosh 1 = .4338 where nothing overlaps", () => {
    expect(lossAt({ predictions: [1, 0, 1, 1] })).toEqual([0]);
    expect(lossAt({ predictions: [0, 1, 0, 0], options: { smooth: 0 } })).toBeClose(0.433780830483);
  });

  it("keeps its digits near 0: x^2/2 - x^4/12 at x = 1e-3, where ln cosh by its definition has none", () => {
    // Dice loss 1e-3: errors .002 of sizes 2
    const call = { shape: [1, 1, 1], predictions: [0.998001998], labels: [1], options: { smooth: 0 } };
    expect(lossOf(logCoshDiceLoss, call).values).toBeClose(4.99999916667e-7, { absolute: 0, relative: 1e-4 });
  });

  it("is right on either side of 1, where its two forms meet", () => {
    // smoothNumerator alone lowers 1 - Dice below 0: 1 - s at nothing labelled and sD = 1
    for (const x of [0.999, 1.001, 12]) {
      const options = { smoothNumerator: 1 + x, smoothDenominator: 1 };
      expect(lossAt({ predictions: [0, 0, 0, 0], labels: [0, 0, 0, 0], options })).toBeClose(Math.log(Math.cosh(x)));
    }
  });

  it("takes ln cosh of each class before the mean", () => {
    const call = { shape: [1, 2, 2], predictions: [1, 0, 1, 0], labels: [1, 0, 1, 1], options: { smooth: 0 } };
    expect(lossOf(logCoshDiceLoss, call).values).toBeClose(0.433780830483 / 2);
  });
});
