import { lossFromConfig, withOptions } from "@lossary/core-reduce";
import * as compound from "@lossary/losses-compound";
import * as distribution from "@lossary/losses-distribution";
import * as region from "@lossary/losses-region";
import { readNumbers, useBackend } from "@lossary/test-kit";
import { type Tensor, tensor, zeros } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";

const { blobLoss, deepSupervision, diceCrossEntropyLoss, weightedSum } = compound;
const losses = { ...region, ...distribution, ...compound };
const truth = () => tensor([0, 0, 1, 1, 0, 1], [1, 6], "int32");
const guess = () => tensor([3, -1, 2, 0.5, -2, 1], [1, 6, 1]);
const shared = { activation: "sigmoid" } as const;

beforeAll(() => useBackend("cpu"));

/** A loss, and what it makes of one call. */
const made: Record<string, [object, (loss: never) => Tensor]> = {
  withOptions: [withOptions(diceCrossEntropyLoss, { ...shared, dice: { smooth: 1 }, crossEntropyWeight: 0.5 }), one],
  weightedSum: [
    weightedSum([
      { loss: region.diceLoss, weight: 0.7, options: { smooth: 1 } },
      { loss: withOptions(distribution.focalLoss, { gamma: 1 }), weight: 0.3, name: "focal" },
    ]),
    one,
  ],
  "weightedSum with options": [withOptions(weightedSum([{ loss: region.diceLoss }]), shared), one],
  blobLoss: [blobLoss(withOptions(region.diceLoss, { smooth: 1 }), { blobWeight: 3 }), one],
  deepSupervision: [
    deepSupervision(diceCrossEntropyLoss, [0.8, 0.2]),
    (loss) => (loss as (...given: unknown[]) => Tensor)(truth(), [guess(), tensor([1, -1, 2], [1, 3, 1])], shared),
  ],
};

function one(loss: never): Tensor {
  return (loss as (...given: unknown[]) => Tensor)(truth(), guess(), shared);
}

describe("losses made of losses describe themselves", () => {
  it.each(Object.entries(made))("%s: from JSON comes the same loss", async (_name, [loss, evaluate]) => {
    const json = JSON.stringify(loss);
    const again = lossFromConfig(json, losses);
    expect(await readNumbers(evaluate(again as never))).toEqual(await readNumbers(evaluate(loss as never)));
    expect(JSON.stringify(again)).toBe(json);
    expect(Object.keys(loss)).toEqual([]);
  });

  it("as the functions that made them, with what these were given", () => {
    expect(JSON.parse(JSON.stringify(weightedSum([{ loss: region.diceLoss, weight: 2 }])))).toEqual({
      make: "weightedSum",
      from: [[{ loss: { loss: "diceLoss", options: {} }, weight: 2 }]],
    });
    expect(JSON.parse(JSON.stringify(deepSupervision(region.diceLoss)))).toEqual({
      make: "deepSupervision",
      from: [{ loss: "diceLoss", options: {} }],
    });
  });

  it("but not where a term has a tensor", () => {
    const sum = weightedSum([{ loss: region.diceLoss, options: { weights: zeros([1]) } }]);
    expect(() => JSON.stringify(sum)).toThrow(
      "weightedSum: terms[0].options.weights must be something that JSON holds",
    );
  });
});
