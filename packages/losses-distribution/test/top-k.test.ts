import { crossEntropyLoss, topKLoss } from "@lossary/losses-distribution";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { ones } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const [, , third, fourth] = [0.9, 0.8, 0.6, 0.3].map((p) => -Math.log(p)) as [number, number, number, number];

onEachBackend("topKLoss", () => {
  it("is .8574 for the hardest half, or for the voxels below .65", () => {
    for (const options of [{ percent: 50 }, { threshold: 0.65 }]) {
      const call = { ...four, options };
      expect(lossOf(topKLoss, call).values).toBeClose(0.857399214);
      expect(gradientOf(topKLoss, call)).toBeClose([0, 0, -0.833333, -1.666667], { relative: 1e-6 });
    }
  });

  it("keeps one voxel at 10 % of four, and at 1 %", () => {
    expect(lossOf(topKLoss, four).values).toBeClose(fourth);
    expect(lossOf(topKLoss, { ...four, options: { percent: 1 } }).values).toBeClose(fourth);
  });

  it("keeps the hardest voxel where none is below the threshold", () => {
    expect(lossOf(topKLoss, { ...four, options: { threshold: 0.1 } }).values).toBeClose(fourth);
  });

  it("is cross entropy at 100 %, weights and all", () => {
    for (const options of [{}, { weights: Float64Array.of(1, 0, 2, 3) }, { reduction: "sum" }]) {
      const plain = lossOf(crossEntropyLoss, { ...four, options }).values;
      expect(lossOf(topKLoss, { ...four, options: { ...options, percent: 100 } }).values).toBeClose(plain);
    }
  });

  it("shares the last place among equals, in value and gradient", () => {
    const call = { shape: [1, 3, 1], predictions: [0.5, 0.5, 0.5], labels: [1, 1, 1], options: { percent: 34 } };
    expect(lossOf(topKLoss, call).values).toBeClose(Math.LN2);
    expect(gradientOf(topKLoss, call)).toBeClose([-2 / 3, -2 / 3, -2 / 3]);
  });

  it("never chooses an ignored voxel, and does not count it: half of the other three is two", () => {
    const call = { ...four, options: { percent: 50, weights: Float64Array.of(1, 1, 1, 0) } };
    expect(lossOf(topKLoss, call).values).toBeClose((-Math.log(0.8) + third) / 2);
  });

  it("lets an ignored voxel be infinite", () => {
    const predictions = [0.9, 0.2, 0.6, Number.POSITIVE_INFINITY];
    const call = { ...four, predictions, options: { percent: 50, weights: Float64Array.of(1, 1, 1, 0) } };
    expect(lossOf(topKLoss, call).values).toBeClose((-Math.log(0.8) + third) / 2);
    expect(gradientOf(topKLoss, call)[3]).toBe(0);
  });

  it("weighs the chosen voxels, and chooses without the weights", () => {
    const call = { ...four, options: { percent: 50, weights: Float64Array.of(9, 9, 1, 3) } };
    expect(lossOf(topKLoss, call).values).toBeClose((third + 3 * fourth) / 4);
  });

  it("chooses in the whole batch, or in each sample", () => {
    const two = { ...four, shape: [2, 2, 1] };
    const mean = (per: string) => lossOf(topKLoss, { ...two, options: { percent: 50, per } }).values;
    expect(mean("batch")).toBeClose((third + fourth) / 2);
    expect(mean("sample")).toBeClose((-Math.log(0.8) + fourth) / 2);
    // one voxel is left of the first sample: it is half of the mean of the samples, and a third of that of the batch
    const uneven = { ...two, options: { percent: 100, per: "sample", weights: Float64Array.of(0, 1, 1, 1) } };
    expect(lossOf(topKLoss, uneven).values).toBeClose((-Math.log(0.8) + (third + fourth) / 2) / 2);
    const samples = { ...two, options: { percent: 50, reduction: "sample" } };
    // nothing of the first sample is among the hardest half of the batch
    expect(lossOf(topKLoss, samples).values).toBeClose([0, (third + fourth) / 2]);
  });

  it("is 0 outside of the chosen voxels in the map", () => {
    const call = { ...four, options: { percent: 50, reduction: "none" } };
    expect(lossOf(topKLoss, call)).toMatchObject({ shape: [1, 4] });
    expect(lossOf(topKLoss, call).values).toBeClose([0, 0, third, fourth]);
  });

  it("goes by the probability of the true class, exclusive: .4 is below .5 and .6 is not", () => {
    const call = {
      shape: [1, 2, 2],
      predictions: [0.4, 0.6, 0.4, 0.6],
      labels: Int32Array.of(0, 1),
      options: { threshold: 0.5 },
    };
    expect(lossOf(topKLoss, call).values).toBeClose(-Math.log(0.4));
  });

  it("keeps the digits of saturated logits", () => {
    const call = {
      shape: [1, 2, 1],
      predictions: [12, 40],
      labels: [1, 1],
      options: { activation: "sigmoid", percent: 50 },
    };
    expect(lossOf(topKLoss, call).values).toBeClose(Math.log1p(Math.exp(-12)), { absolute: 0 });
  });

  it("refuses percent beside threshold, and to keep nothing", () => {
    const call = (options: object) => () => topKLoss(ones([1, 2, 1]), ones([1, 2, 1]), options);
    expect(call({ percent: 10, threshold: 0.5 })).toThrow("topKLoss: percent contradicts threshold");
    expect(call({ percent: 0 })).toThrow("topKLoss: percent must be above 0 (got 0)");
    expect(call({ threshold: 0 })).toThrow("topKLoss: threshold must be above 0 (got 0)");
    expect(call({ percent: 101 })).toThrow("topKLoss: percent must be a finite number from 0 to 100 (got 101)");
    expect(call({ per: "class" })).toThrow('topKLoss: per must be "batch" or "sample" (got "class")');
  });
});
