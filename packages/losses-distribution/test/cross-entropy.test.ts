import { crossEntropyLoss } from "@lossary/losses-distribution";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { ones, tensor, zeros } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };

/** Two voxels in three classes; p = 1/2, 1/4, 1/4 and 1/8, 1/8, 3/4. */
const three = { shape: [1, 2, 3], predictions: [0.5, 0.25, 0.25, 0.125, 0.125, 0.75], labels: Int32Array.of(0, 2) };

onEachBackend("crossEntropyLoss", () => {
  it("is .5108 for four voxels of one class", () => {
    expect(lossOf(crossEntropyLoss, four).values).toBeClose(0.510825624);
    expect(gradientOf(crossEntropyLoss, four)).toBeClose([-0.277778, 0.3125, -0.416667, -0.833333], { relative: 3e-6 });
  });

  it("is ln 2 for two classes with equal logits", () => {
    const call = {
      shape: [1, 1, 2],
      predictions: [3, 3],
      labels: Int32Array.of(1),
      options: { activation: "softmax" },
    };
    expect(lossOf(crossEntropyLoss, call).values).toBeClose(Math.LN2);
    expect(gradientOf(crossEntropyLoss, call)).toBeClose([0.5, -0.5]);
  });

  it("is 0 where the truth has probability 1, and ln 1e7 + 1 where it has 0: the straight line below 1e-7", () => {
    const perfect = { shape: [1, 2, 2], predictions: [1, 0, 0, 1], labels: Int32Array.of(0, 1) };
    expect(lossOf(crossEntropyLoss, perfect).values).toEqual([0]);
    const worst = { ...perfect, labels: Int32Array.of(1, 0) };
    expect(lossOf(crossEntropyLoss, worst).values).toBeClose(Math.log(1e7) + 1);
    expect(gradientOf(crossEntropyLoss, worst)).toBeClose([0, -5e6, -5e6, 0]);
  });

  it("gives the map, the sum, and the mean of each sample", () => {
    const map = [Math.log(2), -Math.log(0.75)] as const;
    const reduced = (reduction: string) => lossOf(crossEntropyLoss, { ...three, options: { reduction } });
    expect(reduced("none")).toMatchObject({ shape: [1, 2] });
    expect(reduced("none").values).toBeClose(map);
    expect(reduced("sum").values).toBeClose(map[0] + map[1]);
    expect(reduced("sample")).toMatchObject({ shape: [1] });
    expect(reduced("sample").values).toBeClose((map[0] + map[1]) / 2);
  });

  it("divides by the voxels, or with normalize weights by the weights of their classes", () => {
    const sum = 2 * Math.log(2) - 4 * Math.log(0.75);
    const classWeights = [2, 8, 4];
    const mean = (normalize: string) =>
      lossOf(crossEntropyLoss, { ...three, options: { classWeights, normalize } }).values;
    expect(mean("count")).toBeClose(sum / 2);
    expect(mean("weights")).toBeClose(sum / 6);
  });

  it("drops the term of the background and keeps its voxels in the mean", () => {
    const call = { ...three, options: { includeBackground: false } };
    expect(lossOf(crossEntropyLoss, call).values).toBeClose(-Math.log(0.75) / 2);
  });

  it("spreads label smoothing over the classes: -(.8 ln .5 + .1 ln .25 + .1 ln .25), e = .3", () => {
    const call = {
      shape: [1, 1, 3],
      predictions: [0.5, 0.25, 0.25],
      labels: Int32Array.of(0),
      options: { labelSmoothing: 0.3 },
    };
    expect(lossOf(crossEntropyLoss, call).values).toBeClose(-(0.8 * Math.log(0.5) + 0.2 * Math.log(0.25)));
  });

  it("spreads label smoothing over both sides of one class: -(.9 ln .9 + .1 ln .1), e = .2", () => {
    const call = { shape: [1, 1, 1], predictions: [0.9], labels: Int32Array.of(1), options: { labelSmoothing: 0.2 } };
    expect(lossOf(crossEntropyLoss, call).values).toBeClose(-(0.9 * Math.log(0.9) + 0.1 * Math.log(0.1)));
  });

  it("adds up: the sum over two halves of the voxels is the sum over all", () => {
    const half = (from: number, to: number) => ({
      shape: [1, to - from, 1],
      predictions: four.predictions.slice(from, to),
      labels: four.labels.slice(from, to),
      options: { reduction: "sum" },
    });
    const sum = (call: typeof four) => lossOf(crossEntropyLoss, call).values[0] as number;
    expect(sum(half(0, 2)) + sum(half(2, 4))).toBeClose(sum(half(0, 4)));
  });

  it("keeps value and gradient of saturated logits: softplus(-12) = 6.144e-6, slope 6.144e-6", () => {
    const call = {
      shape: [1, 1, 2],
      predictions: [6, -6],
      labels: Int32Array.of(0),
      options: { activation: "softmax" },
    };
    const wrong = Math.exp(-12) / (1 + Math.exp(-12));
    expect(lossOf(crossEntropyLoss, call).values).toBeClose(Math.log1p(Math.exp(-12)), { absolute: 0 });
    expect(gradientOf(crossEntropyLoss, call)).toBeClose([-wrong, wrong], { absolute: 0 });
  });

  it("smooths the masks of five voxels of one class, which fill no group of four", () => {
    const [x, g] = [
      [2, -1, 0, 1, -2],
      [1, 0, 1, 0, 1],
    ] as [number[], number[]];
    const softplus = (z: number) => Math.log1p(Math.exp(z));
    // g' = .9 g + .05 on either side
    const terms = x.map((z, i) => {
      const smoothed = 0.9 * (g[i] as number) + 0.05;
      return smoothed * softplus(-z) + (1 - smoothed) * softplus(z);
    });
    const [labels, logits] = [tensor(g, [1, 5, 1], "int32"), tensor(x, [1, 5, 1])];
    const loss = crossEntropyLoss(labels, logits, { activation: "sigmoid", labelSmoothing: 0.1 });
    expect(loss.dataSync()).toBeClose(terms.reduce((sum, term) => sum + term) / 5);
  });

  it("refuses to smooth a float target, which may be soft already", () => {
    expect(() => crossEntropyLoss(ones([1, 2, 3]), ones([1, 2, 3]), { labelSmoothing: 0.1 })).toThrow(
      "crossEntropyLoss: labelSmoothing needs hard labels",
    );
  });

  it("refuses labels of another shape", () => {
    expect(() => crossEntropyLoss(zeros([1, 3], "int32"), ones([1, 2, 3]))).toThrow(
      "crossEntropyLoss: labels must be [1,2,3] like predictions, or int32 class indices [1,2] (got int32 tensor [1,3])",
    );
  });
});
