import { withOptions } from "@lossary/core-reduce";
import { diceCoefficient, hausdorff95, meanIoU } from "@lossary/metrics";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { memory, type Tensor, tensor, train } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { expect, it } from "vitest";
import { facts } from "./scipy-facts.ts";

const indices = (values: number[], batch = 1) => tensor(values, [batch, values.length / batch], "int32");
/** Logits whose largest is that of the class. */
const sureOf = (values: number[], classes: number, batch = 1) =>
  tensor(
    values.flatMap((label) => Array.from({ length: classes }, (_, c) => (c === label ? 2 : 0.5 * c))),
    [batch, values.length / batch, classes],
  );
const numbers = (value: Tensor) => readNumbers(value);

onEachBackend("metrics of overlap", () => {
  it.each(facts)("are those of numpy on $shape", async ({ shape, truth, predicted, dice, iou }) => {
    const count = shape.reduce((product, side) => product * side, 1);
    const of = (voxels: readonly number[]) =>
      tensor(
        Array.from({ length: count }, (_, voxel) => (voxels.includes(voxel) ? 1 : 0)),
        [1, ...shape, 1],
      );
    expect(await numbers(diceCoefficient(of(truth), of(predicted)))).toBeClose([dice]);
    expect(await numbers(meanIoU(of(truth), of(predicted)))).toBeClose([iou]);
  });

  it("leave out of the mean what is in neither truth nor prediction, and count 0 for what is in one alone", async () => {
    const [truth, logits] = [indices([0, 0, 1, 1]), sureOf([0, 1, 1, 2], 4)];
    const options = { activation: "softmax" } as const;
    // class 0: 2/3, class 1: 1/2, class 2: 0, class 3: nowhere
    expect(await numbers(diceCoefficient(truth, logits, { ...options, reduction: "none" }))).toBeClose([
      2 / 3,
      0.5,
      0,
      1,
    ]);
    expect(await numbers(diceCoefficient(truth, logits, options))).toBeClose([(2 / 3 + 0.5) / 3]);
    expect(await numbers(diceCoefficient(truth, logits, { ...options, includeBackground: false }))).toBeClose([0.25]);
    expect(await numbers(meanIoU(truth, logits, { ...options, reduction: "none" }))).toBeClose([0.5, 1 / 3, 0, 1]);
  });

  it("are 1 where there was nothing to find and nothing was found", async () => {
    const nothing = tensor([0, 0], [1, 2, 1]);
    expect(await numbers(diceCoefficient(indices([0, 0]), nothing))).toEqual([1]);
    expect(await numbers(meanIoU(indices([0, 0]), nothing))).toEqual([1]);
    const ignored = { weights: tensor([0, 0], [1, 2]) };
    expect(await numbers(diceCoefficient(indices([1, 0]), nothing, ignored))).toEqual([1]);
  });

  it("take samples apart, or the batch together", async () => {
    const truth = indices([1, 1, 1, 1, 0, 0], 2);
    const prediction = tensor([1, 1, 0, 1, 1, 0], [2, 3, 1]);
    expect(await numbers(diceCoefficient(truth, prediction, { reduction: "sample" }))).toBeClose([0.8, 2 / 3]);
    expect(await numbers(diceCoefficient(truth, prediction, { over: "batch" }))).toBeClose([0.75]);
    expect(() => diceCoefficient(truth, prediction, { over: "batch", reduction: "sample" })).toThrow(
      'diceCoefficient: reduction "sample" contradicts over "batch"',
    );
  });

  it("take the threshold in probabilities, of logits too", async () => {
    const truth = indices([1, 1, 0, 0]);
    const probabilities = [0.9, 0.4, 0.35, 0.1];
    const logits = tensor(
      probabilities.map((p) => Math.log(p / (1 - p))),
      [1, 4, 1],
    );
    const options = { activation: "sigmoid" } as const;
    expect(await numbers(diceCoefficient(truth, logits, options))).toBeClose([2 / 3]);
    expect(await numbers(diceCoefficient(truth, logits, { ...options, threshold: 0.38 }))).toBeClose([1]);
    expect(await numbers(diceCoefficient(truth, logits, { ...options, threshold: 0.2 }))).toBeClose([0.8]);
    expect(() => diceCoefficient(truth, sureOf([0, 1, 0, 1], 2), { threshold: 0.4 })).toThrow(
      "diceCoefficient: threshold needs independent channels",
    );
  });

  it("do not see ignored voxels, whatever stands there", async () => {
    const logits = tensor([2, 0, 0, 2, Number.NaN, Number.NaN], [1, 3, 2]);
    const expected = [1];
    expect(await numbers(diceCoefficient(indices([0, 1, 7]), logits, { ignoreLabel: 7 }))).toEqual(expected);
    const weights = tensor([1, 1, 0], [1, 3]);
    expect(await numbers(meanIoU(indices([0, 1, 1]), logits, { weights }))).toEqual(expected);
  });

  it("refuse options that a metric does not have", () => {
    const call = (options: object) => () => diceCoefficient(indices([0, 1]), tensor([0, 1], [1, 2, 1]), options);
    expect(call({ classWeights: [1] })).toThrow('diceCoefficient: there is no option "classWeights"');
    expect(call({ reduction: "sum" })).toThrow("diceCoefficient: reduction must be");
  });

  it("are metrics of tfjs-layers, and leak nothing", async () => {
    const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [4, 2] })] });
    model.setWeights([tensor([1, 0, 0, 1], [2, 2]), tensor([0, 0])]);
    const metrics = [
      withOptions(diceCoefficient, { includeBackground: false }),
      withOptions(hausdorff95, { includeBackground: false, percentile: 100 }),
    ];
    model.compile({ optimizer: train.sgd(0), loss: "meanSquaredError", metrics });
    const truth = tensor([0, 1, 0, 1, 1, 0, 1, 0], [1, 4, 2]);
    const logits = sureOf([1, 1, 1, 0], 2);
    const before = memory().numTensors;
    const evaluated = model.evaluate(logits, truth) as Tensor[];
    expect(evaluated.slice(1).map((value) => value.dataSync()[0])).toBeClose([0.8, 1]);
    for (const value of evaluated) value.dispose();
    expect(memory().numTensors).toBe(before);
    expect(model.metricsNames).toEqual(["loss", "diceCoefficient", "hausdorff95"]);
  });
});
