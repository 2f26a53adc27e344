import { crossEntropyTerms, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { grad, mul, sum, type Tensor, tensor, tensor2d } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseArrays } from "../src/fused/array-choice.ts";

const [batch, voxels] = [2, 500];

/** Numbers that look like none of a series, from 0 to 1. */
const scattered = (size: number, step: number) =>
  Array.from({ length: size }, (_, i) => (((i + 1) * step) % 997) / 997);

/** The gradient of the sum of a map times what is taken of each voxel. */
async function gradientOf(classes: number, labels: Tensor, weights: Tensor | undefined, taken: number[]) {
  const logits = tensor(
    scattered(batch * voxels * classes, 331).map((x) => 8 * x - 4),
    [batch, voxels, classes],
  );
  // a row for each sample
  const costs = (first: number) => tensor2d(scattered(batch * classes, first), [batch, classes]);
  const of = (x: Tensor) => {
    const activation = classes === 1 ? "sigmoid" : "softmax";
    const options = readOptions(
      "test",
      weights ? { activation, weights } : { activation, ignoreLabel: 0 },
      sharedRules,
    );
    const terms = { positive: costs(271), ...(classes === 1 && { negative: costs(83) }), gamma: 2 };
    return sum(mul(crossEntropyTerms(prepare("test", labels, x, options), terms), tensor2d(taken, [batch, voxels])));
  };
  return readNumbers(grad(of)(logits));
}

onEachBackend("the gradient of a map of which few voxels are taken", () => {
  // two tiles a sample
  beforeAll(() => chooseArrays({ largestTile: 256 }));
  afterAll(() => chooseArrays());

  describe.each([1, 3, 4, 6])("%i classes", (classes) => {
    it.each(["indices", "dense, weighted"])("is that of all where they are taken, else 0: %s", async (kind) => {
      const indices = scattered(batch * voxels, 613).map((x) => Math.floor(x * (Math.max(classes, 2) + 1)));
      const dense = scattered(batch * voxels * classes, 419);
      const labels =
        kind === "indices"
          ? tensor(indices, [batch, voxels], "int32")
          : tensor(dense, [batch, voxels, classes], "float32");
      const weights = kind === "indices" ? undefined : tensor(scattered(batch * voxels, 17), [batch, voxels]);
      const all = Array.from({ length: batch * voxels }, (_, i) => 1 + (i % 5));
      const whole = await gradientOf(classes, labels, weights, all);
      expect(whole.filter((slope) => slope !== 0).length).toBeGreaterThan(300);
      // some of both samples, one of the second alone, none, most of one tile and few of the others
      const choices = [
        (i: number) => i % 7 === 0,
        (i: number) => i === 803,
        () => false,
        (i: number) => i % 9 === 0 || (i > 260 && i < 490),
      ];
      for (const isTaken of choices) {
        const few = await gradientOf(
          classes,
          labels,
          weights,
          all.map((taken, i) => (isTaken(i) ? taken : 0)),
        );
        const expected = whole.map((slope, at) => (isTaken(Math.floor(at / classes)) ? slope : 0));
        expect(few.map((slope) => slope + 0)).toEqual(expected.map((slope) => slope + 0));
      }
    });
  });
});
