import {
  confusion,
  diceLoss,
  generalizedWassersteinDiceFromConfusion,
  generalizedWassersteinDiceLoss,
} from "@lossary/losses-region";
import { type AnyLoss, gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import { add, slice, type Tensor, tensor2d, tensor3d, tidy } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const loss: AnyLoss = (labels, predictions, options) =>
  generalizedWassersteinDiceLoss(labels, predictions, options as never);
const distanceMatrix = [
  [0, 1, 1],
  [1, 0, 0.5],
  [1, 0.5, 0],
];
const three = {
  shape: [1, 3, 3],
  predictions: [0.8, 0.1, 0.1, 0.2, 0.6, 0.2, 0.1, 0.5, 0.4],
  labels: Int32Array.of(0, 1, 2),
};
const lossAt = (options: object, call: object = {}) => lossOf(loss, { ...three, ...call, options }).values;

onEachBackend("generalizedWassersteinDiceLoss", () => {
  it("is .85 / 3.55 for one voxel of each of three classes, smooth 0", () => {
    // distances .2, .2 + .1 = .3, .1 + .25 = .35: T = .7 + .65, E = .85
    expect(lossAt({ distanceMatrix, smooth: 0 })).toBeClose(0.85 / (2 * 1.35 + 0.85));
  });

  it("is (.5 .85) / (.5 (2 * 2.15 + .85)) weighed by volume, where every class has one voxel", () => {
    expect(lossAt({ distanceMatrix, smooth: 0, weighting: "volume" })).toBeClose(0.85 / (2 * 2.15 + 0.85));
  });

  it("is the Dice loss of class 1 for two classes at distance 1", () => {
    const call = {
      shape: [2, 4, 2],
      predictions: [1.5, -0.5, 0.25, 0.75, -1, 2, 0.5, 0.5, -0.5, 0, 2, 1, -2, 1, 0, 0.75],
      labels: Int32Array.of(0, 1, 1, 0, 1, 0, 1, 1),
    };
    const options = {
      activation: "softmax",
      smooth: 1,
      distanceMatrix: [
        [0, 1],
        [1, 0],
      ],
    };
    const { distanceMatrix: _distances, ...shared } = options;
    const dice = { ...call, options: { ...shared, includeBackground: false } };
    expect(lossOf(loss, { ...call, options }).values).toBeClose(lossOf(diceLoss, dice).values);
    expect(gradientOf(loss, { ...call, options })).toBeClose(gradientOf(diceLoss, dice));
  });

  it("cares for the proportions of the distances alone", () => {
    const thrice = distanceMatrix.map((row) => row.map((distance) => 3 * distance));
    expect(lossAt({ distanceMatrix: thrice })).toBeClose(lossAt({ distanceMatrix }));
  });

  it("is cheaper for a confusion of near classes: 1/5 at distance 1/2, 1/3 at distance 1", () => {
    // two voxels of class 1, one right: T = 1 + (1 - d), E = d
    const call = { shape: [1, 2, 3], labels: Int32Array.of(1, 1) };
    expect(lossAt({ distanceMatrix, smooth: 0 }, { ...call, predictions: [0, 1, 0, 0, 0, 1] })).toBeClose(0.5 / 3.5);
    expect(lossAt({ distanceMatrix, smooth: 0 }, { ...call, predictions: [0, 1, 0, 1, 0, 0] })).toBeClose(1 / 3);
  });

  it("is 0 at the perfect prediction and nearly 1 for a false positive without any foreground", () => {
    expect(lossAt({ distanceMatrix }, { predictions: [1, 0, 0, 0, 1, 0, 0, 0, 1] })).toEqual([0]);
    expect(lossAt({ distanceMatrix }, { labels: new Int32Array(3) })).toBeClose(1, { relative: 1e-4 });
  });

  it("is that of the whole from the added sums of two parts", () => {
    const labels = () => tensor2d([[0, 1, 2, 1, 1, 0]], [1, 6], "int32");
    const logits = () =>
      tensor3d(
        Array.from({ length: 18 }, (_, i) => 2 * Math.sin(i * 1.7)),
        [1, 6, 3],
      );
    const options = { activation: "softmax", distanceMatrix, classWeights: [1, 2, 3] } as const;
    const part = (from: number, count: number) =>
      confusion(slice(labels(), [0, from], [1, count]), slice(logits(), [0, from, 0], [1, count, 3]), options);
    const [whole, added] = tidy(() => {
      const [first, second] = [part(0, 2), part(2, 4)];
      const sums = {
        confusion: add<typeof first.confusion>(first.confusion, second.confusion),
        labelled: add<typeof first.labelled>(first.labelled, second.labelled),
        valid: add<typeof first.valid>(first.valid, second.valid),
      };
      return [
        generalizedWassersteinDiceLoss(labels(), logits(), options),
        generalizedWassersteinDiceFromConfusion(sums, options),
      ];
    }) as [Tensor, Tensor];
    expect(Array.from(added.dataSync())).toBeClose(Array.from(whole.dataSync()));
  });

  it("gives one loss a sample, unreduced too", () => {
    const call = {
      shape: [2, 3, 3],
      predictions: [...three.predictions, ...three.predictions],
      labels: Int32Array.of(0, 1, 2, 2, 1, 0),
    };
    const bySample = lossOf(loss, { ...call, options: { distanceMatrix, reduction: "sample" } });
    expect(bySample.shape).toEqual([2]);
    expect(lossOf(loss, { ...call, options: { distanceMatrix, reduction: "none" } })).toEqual(bySample);
  });

  it("refuses distances that are none, and predictions without exclusive classes", () => {
    const matrixOf = (matrix: unknown) => () => lossAt({ distanceMatrix: matrix });
    const expected = /^generalizedWassersteinDiceLoss: distanceMatrix must be /;
    expect(matrixOf(undefined)).toThrow(expected);
    expect(
      matrixOf([
        [0, 1],
        [1, 0],
      ]),
    ).toThrow(/distanceMatrix must be 3 rows of 3 distances/);
    expect(
      matrixOf([
        [0, 1, 1],
        [1, 0.5, 1],
        [1, 1, 0],
      ]),
    ).toThrow(expected);
    expect(
      matrixOf([
        [0, -1, 1],
        [1, 0, 1],
        [1, 1, 0],
      ]),
    ).toThrow(expected);
    expect(
      matrixOf([
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ]),
    ).toThrow(expected);
    expect(
      matrixOf([
        [0, 1],
        [1, 0, 1],
        [1, 1, 0],
      ]),
    ).toThrow(expected);
    expect(() => lossAt({ distanceMatrix, activation: "sigmoid" })).toThrow(/multiLabel: true/);
    const oneClass = { shape: [1, 9, 1], labels: new Int32Array(9) };
    expect(() => lossAt({ distanceMatrix: [[0]] }, oneClass)).toThrow(expected);
  });
});
