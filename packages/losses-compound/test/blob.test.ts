import { blobLoss } from "@lossary/losses-compound";
import { crossEntropyLoss } from "@lossary/losses-distribution";
import { diceLoss } from "@lossary/losses-region";
import { gradientOf, lossOf, onEachBackend } from "@lossary/test-kit";
import {
  type ReferenceInput,
  blobLoss as referenceBlobLoss,
  referenceGradient,
  referenceLosses,
} from "@lossary/test-kit/reference";
import { tensor2d, tensor3d } from "@tensorflow/tfjs-core";
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
});
