import { diceCrossEntropyLoss, weightedSum } from "@lossary/losses-compound";
import { crossEntropyLoss } from "@lossary/losses-distribution";
import { diceLoss } from "@lossary/losses-region";
import { lossOf, onEachBackend } from "@lossary/test-kit";
import { memory, tensor3d } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const truth = () => tensor3d([[[1], [0], [1], [1]]]);
const guess = () => tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);

onEachBackend("weightedSum", () => {
  it("is .7 x .2333 + .3 x .5108 for Dice with smooth 1 and cross entropy", () => {
    const loss = weightedSum([
      { loss: diceLoss, weight: 0.7, options: { smooth: 1 } },
      { loss: crossEntropyLoss, weight: 0.3 },
    ]);
    expect(lossOf(loss as never, four).values).toBeClose(0.7 * 0.233333333 + 0.3 * 0.510825624);
  });

  it("returns each term unweighted beside the total, and leaks nothing", () => {
    const [labels, predictions] = [truth(), guess()];
    const before = memory().numTensors;
    const parts = weightedSum([
      { loss: diceLoss, weight: 2 },
      { loss: diceLoss, name: "squares", options: { denominator: "squares", smooth: 1 } },
    ])(labels, predictions, { components: true });
    expect(Object.keys(parts).sort()).toEqual(["diceLoss", "squares", "total"]);
    expect(parts.diceLoss?.dataSync()).toBeClose(0.27999944);
    expect(parts.squares?.dataSync()).toBeClose(0.132075472);
    expect(parts.total?.dataSync()).toBeClose(2 * 0.27999944 + 0.132075472);
    for (const part of Object.values(parts)) part.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it("gives shared options to every term, and a term's own over them", () => {
    const loss = weightedSum([{ loss: diceLoss, options: { classWeights: [3] } }, { loss: crossEntropyLoss }]);
    const { diceLoss: dice, crossEntropyLoss: entropy } = loss(truth(), guess(), {
      components: true,
      classWeights: [2],
    });
    expect(dice?.dataSync()).toBeClose(3 * 0.27999944);
    expect(entropy?.dataSync()).toBeClose(2 * 0.510825624);
  });

  it("refuses what cannot be a sum of losses", () => {
    expect(() => weightedSum([])).toThrow("weightedSum: terms must be a list of at least one term (got [])");
    expect(() => weightedSum([{ loss: diceLoss, weight: -1 }])).toThrow(
      "weightedSum: terms[0].weight must be a finite number of at least 0 (got -1)",
    );
    expect(() => weightedSum([{ loss: "dice" as never }])).toThrow(
      'weightedSum: terms[0].loss must be a loss (got "dice")',
    );
    expect(() => weightedSum([{ loss: diceLoss, name: "total" }])).toThrow(
      /weightedSum: names of terms must be unlike each other/,
    );
    expect(() => weightedSum([{ loss: diceLoss }])(truth(), guess(), { smooth: 1 } as never)).toThrow(
      /weightedSum: there is no option "smooth"/,
    );
  });

  it("says that a voxel map and a table of classes do not add", () => {
    expect(() => diceCrossEntropyLoss(truth(), guess(), { reduction: "none" })).toThrow(
      'diceCrossEntropyLoss: terms must have one shape to be added (got dice [1,1], crossEntropy [1,4]); use reduction "mean", "sum" or "sample"',
    );
  });

  it("refuses a term's options that are no object", () => {
    const call = (dice: unknown) => () => diceCrossEntropyLoss(truth(), guess(), { dice } as never);
    expect(call(1)).toThrow("diceCrossEntropyLoss: dice must be an object of the term's own options (got 1)");
    expect(call({ smoth: 1 })).toThrow(/diceCrossEntropyLoss: diceLoss: there is no option "smoth"/);
  });
});
