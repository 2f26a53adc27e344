import { iouLoss, lovaszSoftmaxLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const lossAt = (call: object) => lossOf(lovaszSoftmaxLoss, { ...four, ...call }).values;

onEachBackend("lovaszSoftmaxLoss", () => {
  it("is .4083 for four voxels of one class", () => {
    // errors .7 .4 (positives), .2 (negative), .1 (positive): J = 1/3, 2/3, 3/4, 1
    expect(lossAt({})).toBeClose(0.7 / 3 + 0.4 / 3 + 0.2 / 12 + 0.1 / 4);
    expect(gradientOf(lovaszSoftmaxLoss, four)).toBeClose([-1 / 4, 1 / 12, -1 / 3, -1 / 3]);
  });

  it("is the mean of .4083 and .4833 over the two classes that these voxels make", () => {
    const call = {
      shape: [1, 4, 2],
      predictions: [0.1, 0.9, 0.8, 0.2, 0.4, 0.6, 0.7, 0.3],
      labels: Int32Array.of(1, 0, 1, 1),
    };
    // class 0: errors .7 .4 (negatives), .2 (positive), .1 (negative): J = 1/2, 2/3, 1, 1
    const ofBackground = 0.7 / 2 + 0.4 / 6 + 0.2 / 3;
    expect(lossOf(lovaszSoftmaxLoss, { ...call, options: { reduction: "none" } }).values).toBeClose([
      ofBackground,
      0.408333333,
    ]);
    expect(lossOf(lovaszSoftmaxLoss, call).values).toBeClose((ofBackground + 0.408333333) / 2);
  });

  it("is the IoU loss at hard decisions: 1 - 2/4 for two voxels right, one missed, one too many", () => {
    const predictions = [1, 1, 1, 0, 0];
    const call = { shape: [1, 5, 1], predictions, labels: [1, 1, 0, 1, 0], options: { smooth: 0 } };
    expect(lossOf(iouLoss, call).values).toBeClose(0.5);
    expect(lossOf(lovaszSoftmaxLoss, { ...call, options: {} }).values).toBeClose(0.5);
  });

  it("lets tied voxels share: the mean of the positive first (1, 0) and the negative first (1/2, 1/2)", () => {
    const call = { shape: [1, 2, 1], predictions: [0.5, 0.5], labels: [1, 0] };
    expect(lossOf(lovaszSoftmaxLoss, call).values).toBeClose(0.5);
    expect(gradientOf(lovaszSoftmaxLoss, call)).toBeClose([-0.75, 0.25]);
  });

  it("gives equal voxels equal gradients, whatever their number", () => {
    const labels = [1, 0, 1, 0, 0, 1, 0];
    const slopes = gradientOf(lovaszSoftmaxLoss, { shape: [1, 7, 1], predictions: new Array(7).fill(0.5), labels });
    const of = (label: number) => slopes.filter((_, i) => labels[i] === label);
    for (const label of [0, 1]) expect(of(label)).toEqual(new Array(of(label).length).fill(of(label)[0]));
    expect(slopes.reduce((sum, slope) => sum + Math.abs(slope), 0)).toBeClose(1);
  });

  it("weighs voxels in the Jaccard loss: a positive of weight 2 is two of them", () => {
    const weighted = { shape: [1, 3, 1], predictions: [0.6, 0.3, 0.2], labels: [1, 1, 0] };
    const twice = { shape: [1, 4, 1], predictions: [0.6, 0.3, 0.3, 0.2], labels: [1, 1, 1, 0] };
    const options = { weights: Float32Array.of(1, 2, 1) };
    expect(lossOf(lovaszSoftmaxLoss, { ...weighted, options }).values).toBeClose(
      lossOf(lovaszSoftmaxLoss, twice).values,
    );
  });

  it("leaves absent classes out, or charges their largest probability with classes all", () => {
    const call = { predictions: [0.3, 0.6, 0.1, 0], labels: [0, 0, 0, 0] };
    expect(lossAt(call)).toEqual([0]);
    expect(lossAt({ ...call, options: { classes: "all" } })).toBeClose(0.6);
  });

  it("sorts samples together per batch: another mean than that of the samples", () => {
    const call = { ...four, shape: [2, 2, 1] };
    // sample 1: .2 (negative) J = 1/2, .1 (positive) J = 1; sample 2: .7 .4 (positives), J = 1/2, 1
    expect(lossOf(lovaszSoftmaxLoss, call).values).toBeClose((0.2 / 2 + 0.1 / 2 + 0.7 / 2 + 0.4 / 2) / 2);
    expect(lossOf(lovaszSoftmaxLoss, { ...call, options: { per: "batch" } }).values).toBeClose(0.408333333);
    const bySample = { per: "batch", reduction: "sample" };
    expect(() => lossAt({ options: bySample })).toThrow(
      /^lovaszSoftmaxLoss: reduction "sample" contradicts per "batch"/,
    );
  });

  it("refuses options of ratios, which it has no place for", () => {
    for (const name of ["smooth", "over", "emptyClass", "intersection"]) {
      expect(() => lossAt({ options: { [name]: 0 } })).toThrow(`lovaszSoftmaxLoss: there is no option "${name}"`);
    }
  });
});
