import { diceLoss, noiseRobustDiceLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const lossAt = (call: object) => lossOf(noiseRobustDiceLoss, { ...four, ...call }).values;

onEachBackend("noiseRobustDiceLoss", () => {
  it("is .2232 for four voxels, smooth 0", () => {
    // (.1^1.5 + .2^1.5 + .4^1.5 + .7^1.5) / (.81 + .04 + .36 + .09 + 3)
    expect(lossAt({ options: { smooth: 0 } })).toBeClose(0.223188309);
  });

  it("is .1811 with the gradient of the quotient, smooth 1", () => {
    const call = { ...four, options: { smooth: 1 } };
    expect(lossOf(noiseRobustDiceLoss, call).values).toBeClose(0.181077307);
    expect(gradientOf(noiseRobustDiceLoss, call)).toBeClose([-0.150996, 0.112904, -0.219995, -0.25729], {
      relative: 3e-6,
    });
  });

  it("is Dice of squares with gamma 2, and Dice with gamma 1 over the sum", () => {
    for (const [own, ofDice] of [
      [{ gamma: 2 }, { denominator: "squares" }],
      [{ gamma: 1, denominator: "sum" }, {}],
    ] as const) {
      expect(lossAt({ options: own })).toEqual(lossOf(diceLoss, { ...four, options: ofDice }).values);
      const slopes = gradientOf(diceLoss, { ...four, options: ofDice });
      expect(gradientOf(noiseRobustDiceLoss, { ...four, options: own })).toEqual(slopes);
    }
  });

  it("gives a voxel that is surely wrong less of the gradient than Dice of squares does", () => {
    // d/dp of the errors is gamma |p - g|^(gamma - 1): .95^.5 / .45^.5 = 1.45 times that of p = .45, with squares 2.11 times
    const call = { shape: [1, 3, 1], predictions: [0.95, 0.45, 1], labels: [0, 0, 1] };
    const ratio = (gamma: number) => {
      const [sure, unsure] = gradientOf(noiseRobustDiceLoss, {
        ...call,
        options: { gamma, denominator: "sum", smooth: 1e5 },
      });
      return (sure as number) / (unsure as number);
    };
    expect(ratio(1.5)).toBeClose(1.453, { relative: 2e-2 });
    expect(ratio(2)).toBeClose(2.1111, { relative: 2e-2 });
  });

  it("is 0 at the perfect prediction, 1 at its opposite", () => {
    expect(lossAt({ predictions: [1, 0, 1, 1] })).toEqual([0]);
    expect(lossAt({ predictions: [0, 1, 0, 0], options: { smooth: 0 } })).toBeClose(1);
  });

  it("exceeds 1 where small probabilities lie on an absent class, unless emptyClass says otherwise", () => {
    const call = { predictions: [0.01, 0.01, 0.01, 0.01], labels: [0, 0, 0, 0] };
    expect(lossAt({ ...call, options: { smooth: 0 } })).toBeClose(10);
    expect(lossAt({ ...call, options: { smooth: 0, denominator: "sum" } })).toBeClose(0.1);
    expect(lossAt({ ...call, options: { emptyClass: "penalize" } })).toBeClose(0.01);
  });

  it("refuses exponents outside [1, 2] and an intersection", () => {
    expect(() => lossAt({ options: { gamma: 0.5 } })).toThrow(
      /^noiseRobustDiceLoss: gamma must be a finite number from 1 to 2 \(got 0.5\)/,
    );
    expect(() => lossAt({ options: { intersection: "product" } })).toThrow(/no option "intersection"/);
  });
});
