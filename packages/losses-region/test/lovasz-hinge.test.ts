import { lovaszHingeLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [2, -1.5, 0.4, -0.8], labels: [1, 0, 1, 1] };
const lossAt = (call: object) => lossOf(lovaszHingeLoss, { ...four, ...call }).values;

onEachBackend("lovaszHingeLoss", () => {
  it("is .8 for four scores: hinges 1.8 and .6, a third each", () => {
    expect(lossAt({})).toBeClose(0.8);
    expect(gradientOf(lovaszHingeLoss, four)).toBeClose([0, 0, -1 / 3, -1 / 3]);
  });

  it("is 0 with a zero gradient beyond the margin, and at it", () => {
    const call = { ...four, predictions: [1, -1, 5, 3e4] };
    expect(lossOf(lovaszHingeLoss, call).values).toEqual([0]);
    expect(gradientOf(lovaszHingeLoss, call).map(Math.abs)).toEqual([0, 0, 0, 0]);
  });

  it("charges an absent class 1 plus its largest score, or leaves it out with classes present", () => {
    const call = { predictions: [-3, 0.5, -0.2, -4], labels: [0, 0, 0, 0] };
    expect(lossAt(call)).toBeClose(1.5);
    expect(lossAt({ ...call, options: { classes: "present" } })).toEqual([0]);
  });

  it("takes each class against the rest: indices are one-hot encoded first", () => {
    const scores = [2, -1, 0.5, 0.25, -0.5, 1.5];
    const byIndex = { shape: [1, 2, 3], predictions: scores, labels: Int32Array.of(0, 2) };
    const byChannel = [0, 1, 2].map((c) => ({
      shape: [1, 2, 1],
      predictions: [scores[c] as number, scores[3 + c] as number],
      labels: [c === 0 ? 1 : 0, c === 2 ? 1 : 0],
    }));
    const ofChannels = byChannel.map((call) => lossOf(lovaszHingeLoss, call).values[0] as number);
    expect(lossOf(lovaszHingeLoss, { ...byIndex, options: { reduction: "none" } }).values).toBeClose(ofChannels);
  });

  it("takes soft targets by its formula: e = 1 - (2 * .75 - 1) * 1 = .5, all of it", () => {
    const call = { shape: [1, 1, 1], predictions: [1], labels: [0.75] };
    expect(lossOf(lovaszHingeLoss, call).values).toBeClose(0.5);
    expect(gradientOf(lovaszHingeLoss, call)).toBeClose([-0.5]);
  });

  it("refuses activations: its predictions are scores", () => {
    for (const activation of ["sigmoid", "softmax"]) {
      expect(() => lossAt({ options: { activation } })).toThrow(/^lovaszHingeLoss: activation must be "none"/);
    }
  });
});
