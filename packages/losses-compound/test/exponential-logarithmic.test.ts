import { exponentialLogarithmicLoss } from "@lossary/losses-compound";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { tensor } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const p = [0.9, 0.2, 0.6, 0.3];
const twoClasses = { shape: [1, 4, 2], predictions: p.flatMap((x) => [1 - x, x]), labels: Int32Array.of(1, 0, 1, 1) };

onEachBackend("exponentialLogarithmicLoss", () => {
  it("is .7809 for four voxels of two classes: .8 x .7243 + .2 x 1.0070", () => {
    expect(lossOf(exponentialLogarithmicLoss, twoClasses).values).toBeClose(0.780862241);
    const slopes = [
      [0.054093, -0.174354],
      [-0.219504, 0.050577],
      [0.054093, -0.12756],
      [0.054093, -0.132063],
    ].flat();
    expect(gradientOf(exponentialLogarithmicLoss, twoClasses)).toBeClose(slopes, { relative: 5e-6 });
  });

  it("returns both parts unweighted", () => {
    const [labels, predictions] = [
      tensor(Array.from(twoClasses.labels), [1, 4], "int32"),
      tensor(twoClasses.predictions, [1, 4, 2]),
    ];
    const { dice, crossEntropy } = exponentialLogarithmicLoss(labels, predictions, { components: true });
    expect(dice.dataSync()).toBeClose(0.724332795);
    expect(crossEntropy.dataSync()).toBeClose(1.006980025);
  });

  it("refuses an exponent of 0, of which nothing can be learnt", () => {
    const call = { ...twoClasses, options: { gammaDice: 0 } };
    expect(() => lossOf(exponentialLogarithmicLoss, call)).toThrow(
      "exponentialLogarithmicLoss: gammaDice must be a finite number above 0 (got 0)",
    );
  });
});
