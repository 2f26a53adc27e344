import { type Contingency, matthewsCorrelationFromContingency, matthewsCorrelationLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend, readNumbers } from "@lossary/test-kit";
import { dispose, grads, ones, type Tensor, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const lossAt = (call: object) => lossOf(matthewsCorrelationLoss, { ...four, ...call }).values;

onEachBackend("matthewsCorrelationLoss", () => {
  it("is 1 - 1.2 / sqrt(12) for four voxels, smooth 0", () => {
    // TP 1.8, FP .2, FN 1.2, TN .8: 1 - (1.44 - .24) / sqrt(2 * 3 * 1 * 2)
    expect(lossAt({ options: { smooth: 0 } })).toBeClose(1 - 1.2 / Math.sqrt(12));
  });

  it("is the same with foreground and background exchanged", () => {
    const exchanged = { predictions: [0.1, 0.8, 0.4, 0.7], labels: [0, 1, 0, 0] };
    expect(lossAt(exchanged)).toBeClose(lossAt({}));
    expect(gradientOf(matthewsCorrelationLoss, { ...four, ...exchanged })).toBeClose(
      gradientOf(matthewsCorrelationLoss, four).map((slope) => -slope),
    );
  });

  it("is 0 at the perfect prediction, 1 where there is no relation, 2 at the opposite", () => {
    expect(lossAt({ predictions: [1, 0, 1, 1] })).toEqual([0]);
    expect(lossAt({ predictions: [1, 1, 0, 0], labels: [1, 0, 1, 0] })).toBeClose(1);
    expect(lossAt({ predictions: [0, 1, 0, 0], options: { smooth: 0 } })).toBeClose(2);
  });

  it("costs nothing to leave an empty target empty, and 1 - sqrt(s (V - P + s) / ((s + P) (V + s))) to fill P of it", () => {
    expect(lossAt({ predictions: [0, 0, 0, 0], labels: [0, 0, 0, 0] })).toEqual([0]);
    const [s, P, V] = [1e-5, 2, 4];
    const expected = 1 - Math.sqrt((s * (V - P + s)) / ((s + P) * (V + s)));
    expect(lossAt({ predictions: [1, 1, 0, 0], labels: [0, 0, 0, 0] })).toBeClose(expected);
  });

  it("keeps its digits near the perfect prediction: 1 - MCC = 1e-6 for one wrong share of 1e-6 a side", () => {
    // TP = TN = 1e6 - 1, FP = FN = 1 in units of 1e-6: MCC = 1 - 2e-6
    const wrong = 1e-6;
    const call = { shape: [1, 2, 1], predictions: [1 - wrong, wrong], labels: [1, 0], options: { smooth: 0 } };
    expect(lossOf(matthewsCorrelationLoss, call).values).toBeClose(2 * wrong, { absolute: 0, relative: 0.05 });
  });

  it("keeps the digits of its gradient where everything is wrong: s / (s + c)^2 for c on either side", async () => {
    // all sizes are s + c where FP = FN = c, and L = 2 c / (s + c)
    const [s, c] = [1e-5, 800];
    const sums = [0, 0, c, c].map((count) => tensor2d([[count]]));
    const none = ones([1, 1]);
    const lossOfCounts = (
      intersection: Tensor,
      trueNegatives: Tensor,
      falsePositives: Tensor,
      falseNegatives: Tensor,
    ) => {
      const counts = { intersection, trueNegatives, falsePositives, falseNegatives };
      const others = { squaredErrors: none, predicted: none, labelled: none, valid: none };
      return matthewsCorrelationFromContingency({ ...counts, ...others } as Contingency, { smooth: s });
    };
    const slopes = tidy(() => grads(lossOfCounts as (...counts: Tensor[]) => Tensor)(sums));
    const [, , ofFalsePositives, ofFalseNegatives] = await Promise.all(slopes.map((slope) => readNumbers(slope)));
    for (const found of [ofFalsePositives, ofFalseNegatives]) {
      expect(found).toBeClose([s / (s + c) ** 2], { absolute: 0, relative: 1e-6 });
    }
    dispose([none, ...sums, ...slopes]);
  });

  it("refuses constants of a ratio that it does not have", () => {
    expect(() => lossAt({ options: { smoothNumerator: 1 } })).toThrow(/^matthewsCorrelationLoss: .*"smoothNumerator"/);
  });
});
