import { blobLoss } from "@lossary/losses-compound";
import { crossEntropyLoss } from "@lossary/losses-distribution";
import {
  diceLoss,
  focalTverskyLoss,
  generalizedDiceLoss,
  iouLoss,
  logCoshDiceLoss,
  tverskyLoss,
} from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import {
  type ReferenceInput,
  blobLoss as referenceBlobLoss,
  referenceGradient,
  referenceLosses,
} from "@lossary/test-kit/reference";
import { grad, memory, mul, profile, sum, type Tensor, tensor2d, tensor3d, tidy } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const wave = (length: number) => Float64Array.from({ length }, (_, i) => Math.fround(Math.sin(i * 1.3) * 2));
const cases: [string, ReferenceInput][] = [
  [
    "one class, sigmoid",
    {
      shape: [2, 5, 4, 1],
      predictions: wave(40),
      labels: Int32Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? 1 : 0)),
      options: { activation: "sigmoid" },
    },
  ],
  [
    "three classes, softmax",
    {
      shape: [2, 3, 4, 3],
      predictions: wave(72),
      labels: Int32Array.from({ length: 24 }, (_, i) => (i * 5) % 3),
      options: { activation: "softmax" },
    },
  ],
  [
    "voxel weights and an ignored label",
    {
      shape: [1, 6, 4, 2],
      predictions: wave(48),
      labels: Int32Array.from({ length: 24 }, (_, i) => (i % 7 === 2 ? 255 : i % 2)),
      options: {
        activation: "softmax",
        ignoreLabel: 255,
        weights: Float64Array.from({ length: 24 }, (_, i) => (i % 5) / 2),
      },
    },
  ],
  [
    "a sample without any blob",
    {
      shape: [2, 4, 2],
      predictions: wave(16),
      labels: Int32Array.of(0, 0, 0, 0, 0, 1, 1, 0),
      options: { activation: "softmax" },
    },
  ],
];

onEachBackend("blobLoss", () => {
  it("is 1/9 for the image and 1/2 for the blobs when the smaller of two is missed", () => {
    const [truth, guess] = [
      [1, 1, 1, 1, 0, 1],
      [1, 1, 1, 1, 0, 0],
    ].map((row) => tensor3d(row, [1, 6, 1])) as [ReturnType<typeof tensor3d>, ReturnType<typeof tensor3d>];
    const { main, blobs, total } = blobLoss(diceLoss)(truth, guess, { components: true });
    expect(main.dataSync()).toBeClose(1 / 9, { relative: 1e-4 });
    expect(blobs.dataSync()).toBeClose(0.5, { relative: 1e-4 });
    expect(total.dataSync()).toBeClose(2 / 9 + 0.5, { relative: 1e-4 });
  });

  it.each(cases)("agrees with its float64 reference: %s", (_, input) => {
    for (const [loss, name] of [
      [diceLoss, "diceLoss"],
      [crossEntropyLoss, "crossEntropyLoss"],
    ] as const) {
      const reference = referenceBlobLoss(referenceLosses[name]);
      expect(lossOf(blobLoss(loss) as never, input).values, name).toBeClose(reference(input).values);
      expect(gradientOf(blobLoss(loss) as never, input), name).toBeClose(
        referenceGradient(reference, input, { step: 1e-3 }),
      );
    }
  });

  it.each(cases)("is the same in one pass for all blobs as one by one: %s", (_, input) => {
    for (const loss of [diceLoss, focalTverskyLoss, generalizedDiceLoss, iouLoss, logCoshDiceLoss, tverskyLoss]) {
      const oneByOne = (labels: Tensor, predictions: Tensor, options?: object) => loss(labels, predictions, options);
      for (const fused of [true, false]) {
        const given = { ...input, options: { ...input.options, smooth: 0.5, fused } };
        const [inOnePass, apart] = [blobLoss(loss), blobLoss(oneByOne)] as [never, never];
        const named = `${loss.name}, fused ${fused}`;
        expect(lossOf(inOnePass, given).values, named).toBeClose(lossOf(apart, given).values, { relative: 1e-6 });
        expect(gradientOf(inOnePass, given), named).toBeClose(gradientOf(apart, given), { relative: 1e-5 });
      }
    }
  });

  it.each([
    ["targets that are soft", { activation: "softmax" }, (i: number) => [0.1, 0.2, 0.7, 0.6, 0.4, 0][i % 6]],
    ["a voxel of no class", { activation: "softmax" }, (i: number) => (i === 4 ? 1 : Number(i % 2 === 0 && i > 8))],
    ["voxels of two classes", { activation: "sigmoid" }, (i: number) => Number(i % 5 < 3)],
    ["classes that are all blobs", { activation: "sigmoid", multiLabel: true }, (i: number) => Number(i % 2 === 0)],
    ["squares below", { activation: "softmax", denominator: "squares" }, (i: number) => Number(i % 2 === 0)],
  ] as const)("is the same one by one: %s", (_, options, labelOf) => {
    const labels = Float64Array.from({ length: 24 }, (_value, i) => labelOf(i) as number);
    const input = { shape: [1, 3, 4, 2], predictions: wave(24), labels, options: { ...options } } as ReferenceInput;
    const oneByOne = (truth: Tensor, guess: Tensor, given?: object) => diceLoss(truth, guess, given);
    const [known, unknown] = [blobLoss(diceLoss), blobLoss(oneByOne)] as [never, never];
    expect(lossOf(known, input).values).toBeClose(lossOf(unknown, input).values, { relative: 1e-6 });
    expect(gradientOf(known, input)).toBeClose(gradientOf(unknown, input), { relative: 1e-5 });
  });

  it("takes one pass over the voxels for any number of blobs of a loss that is an equation on sums", () => {
    const x = tensor3d(Array.from(wave(24)), [1, 24, 1]);
    const passes = [2, 12].map(async (period) => {
      const truth = tensor3d(
        Array.from({ length: 24 }, (_value, i) => Number(i % period === 0)),
        [1, 24, 1],
      );
      const { kernelNames } = await profile(() => tidy(() => blobLoss(diceLoss)(truth, x, { activation: "sigmoid" })));
      return kernelNames.filter((name) => name.startsWith("Lossary")).sort();
    });
    return Promise.all(passes).then(([many, few]) => {
      expect(many).toEqual(few);
      expect(many?.filter((name) => name === "LossaryOverlapRegions")).toEqual(["LossaryOverlapRegions"]);
    });
  });

  it("says whose options are wrong, of a loss that is known and of another", () => {
    const loss = (labels: Tensor, predictions: Tensor, options?: object) => diceLoss(labels, predictions, options);
    for (const each of [diceLoss, loss]) {
      const call = () => blobLoss(each)(tensor3d([[[1]]]), tensor3d([[[1]]]), { smooth: -1 });
      expect(call).toThrow(/^blobLoss: diceLoss: smooth must be/);
    }
  });

  it("refuses predictions without a spatial axis, on which nothing is connected", () => {
    expect(() => blobLoss(diceLoss)(tensor2d([[1]]), tensor2d([[1]]))).toThrow(/^blobLoss: predictions need a spatial/);
  });

  it("refuses a reduction that blobs do not have, and weights below 0", () => {
    const call = () => blobLoss(diceLoss)(tensor3d([[[1]]]), tensor3d([[[1]]]), { reduction: "sample" });
    expect(call).toThrow('blobLoss: reduction must be "mean", the only one that blobs have (got "sample")');
    expect(() => blobLoss(diceLoss, { blobWeight: -1 })).toThrow(
      /^blobLoss: blobWeight must be a finite number of at least 0/,
    );
  });

  it("holds no more for many blobs than for few, and nothing afterwards", () => {
    const held: number[] = [];
    const watching = (labels: Tensor, predictions: Tensor, options?: object) => {
      held.push(memory().numTensors);
      return diceLoss(labels, predictions, options);
    };
    const truth = tensor3d(
      Array.from({ length: 24 }, (_, i) => i % 2),
      [1, 24, 1],
    );
    const guess = tensor3d(Array.from(wave(24)), [1, 24, 1]);
    const before = memory().numTensors;
    const gradient = tidy(() => grad((p) => blobLoss(watching)(truth, p, { activation: "sigmoid" }))(guess));
    expect(memory().numTensors).toBe(before + 1);
    gradient.dispose();
    // the whole image, then 12 blobs, and the 12 again on the way back; the first of a row has no sum beside it yet
    const [forward, backward] = [held.slice(2, 13), held.slice(14)];
    expect([forward.length, backward.length]).toEqual([11, 11]);
    expect(new Set(forward).size).toBe(1);
    expect(new Set(backward).size).toBe(1);
  });

  it("has second derivatives without fused kernels", () => {
    const truth = tensor3d([1, 1, 0, 1, 0, 0], [1, 6, 1]);
    const x = [0.3, -0.5, 0.2, 1.1, -0.7, 0.4];
    const along = tensor3d([0.5, -1, 0.25, 1, 0.75, -0.5], [1, 6, 1]);
    const slope = grad((p: Tensor) => blobLoss(diceLoss)(truth, p, { activation: "sigmoid", fused: false }));
    const curvature = grad((p: Tensor) => sum(mul(slope(p), along)))(tensor3d(x, [1, 6, 1]));
    const h = 1e-2;
    const moved = (sign: number) => {
      const steps = Array.from(along.dataSync());
      return slope(
        tensor3d(
          x.map((value, i) => value + sign * h * (steps[i] as number)),
          [1, 6, 1],
        ),
      ).dataSync();
    };
    const [ahead, behind] = [moved(1), moved(-1)];
    const expected = x.map((_, i) => ((ahead[i] as number) - (behind[i] as number)) / (2 * h));
    expect(curvature.dataSync()).toBeClose(expected, { relative: 2e-3 });
  });
});
