import { diceLoss, generalizedDiceLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { expect, it } from "vitest";

const two = {
  shape: [1, 4, 2],
  predictions: [0.1, 0.9, 0.8, 0.2, 0.4, 0.6, 0.7, 0.3],
  labels: Int32Array.of(1, 0, 1, 1),
};
const lossAt = (call: object) => lossOf(generalizedDiceLoss, { ...two, ...call }).values;

onEachBackend("generalizedDiceLoss", () => {
  it("is 7/16 for four voxels of two classes, square weights, smooth 0", () => {
    // weights 1 and 1/9: 1 - 2 (.8 + 1.8/9) / (2 + 1 + (2 + 3)/9)
    const call = { ...two, options: { smooth: 0 } };
    expect(lossOf(generalizedDiceLoss, call).values).toBeClose(0.4375);
    const first = [0.158203, -0.404297, 0.158203, 0.158203];
    const second = [-0.044922, 0.017578, -0.044922, -0.044922];
    expect(gradientOf(generalizedDiceLoss, call)).toBeClose(
      first.flatMap((x, i) => [x, second[i] as number]),
      { relative: 3e-6 },
    );
  });

  it("is Dice for one class with uniform weights", () => {
    const call = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1], options: { smooth: 1 } };
    const uniform = { ...call, options: { ...call.options, weighting: "uniform" } };
    expect(lossOf(generalizedDiceLoss, uniform).values).toBeClose(lossOf(diceLoss, call).values);
    expect(gradientOf(generalizedDiceLoss, uniform)).toBeClose(gradientOf(diceLoss, call));
  });

  it("lets an absent class weigh as much as the heaviest present one, or nothing", () => {
    // class 0: G = 4, right everywhere but at .5 of one voxel; class 1 absent, false positive .5
    const call = { shape: [1, 4, 2], predictions: [1, 0, 1, 0, 1, 0, 0.5, 0.5], labels: new Int32Array(4) };
    // 1 - 2 * 3.5 / (3.5 + 4 + .5): the common factor 1/16 cancels
    expect(lossAt({ ...call, options: { smooth: 0 } })).toBeClose(1 - 7 / 8);
    // 1 - 7 / 7.5
    expect(lossAt({ ...call, options: { smooth: 0, absentWeight: "zero" } })).toBeClose(1 / 15);
  });

  it("weighs every class 1 where all of them are absent: 1 - 1 / (1.5 + 1) = .6, smooth 1", () => {
    const call = { shape: [1, 3, 1], predictions: [1, 0.5, 0], labels: [0, 0, 0], options: { smooth: 1 } };
    expect(lossOf(generalizedDiceLoss, call).values).toBeClose(0.6);
  });

  it("stays finite for soft classes whose 1 / G^2 overflows float32", () => {
    const call = {
      shape: [1, 2, 2],
      predictions: [0.5, 0.5, 0.5, 0.5],
      labels: [1, 1e-25, 1, 0],
    };
    expect(lossOf(generalizedDiceLoss, call).values.every(Number.isFinite)).toBe(true);
    expect(gradientOf(generalizedDiceLoss, call).every(Number.isFinite)).toBe(true);
  });

  it("gives one loss a sample, unreduced too", () => {
    const twice = { ...two, shape: [2, 2, 2] };
    const bySample = lossOf(generalizedDiceLoss, { ...twice, options: { reduction: "sample" } });
    expect(bySample.shape).toEqual([2]);
    expect(lossOf(generalizedDiceLoss, { ...twice, options: { reduction: "none" } })).toEqual(bySample);
  });

  it("refuses absentWeight where no weight is infinite, and options about a mean over classes", () => {
    expect(() => lossAt({ options: { weighting: "uniform", absentWeight: "max" } })).toThrow(
      /^generalizedDiceLoss: absentWeight says nothing with weighting "uniform"/,
    );
    expect(() => lossAt({ options: { emptyClass: "skip" } })).toThrow(/^generalizedDiceLoss: .*"emptyClass"/);
    expect(() => lossAt({ options: { normalize: "weights" } })).toThrow(/^generalizedDiceLoss: .*"normalize"/);
  });
});
