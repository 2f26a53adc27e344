import { prepare, ratioRules, readOptions, trueNegativeSums } from "@lossary/core-reduce";
import { onEachBackend, readGradient, readLoss } from "@lossary/test-kit";
import type { Tensor } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

const sums = (labels: Tensor, predictions: Tensor, options?: object) => {
  const settled = readOptions("trueNegativeSums", options, ratioRules);
  return trueNegativeSums(prepare("trueNegativeSums", labels, predictions, settled), settled);
};

onEachBackend("trueNegativeSums", () => {
  it("sums min(1 - p, 1 - g), or the product, for p = .4, .5, .9 and g = 0, .25, 1", async () => {
    const call = { shape: [1, 3, 1], predictions: [0.4, 0.5, 0.9], labels: [0, 0.25, 1] };
    expect((await readLoss(sums, call)).values).toBeClose(0.6 + 0.5);
    expect(await readGradient(sums, call)).toBeClose([-1, -1, 0]);
    const product = { ...call, options: { intersection: "product" } };
    expect((await readLoss(sums, product)).values).toBeClose(0.6 + 0.5 * 0.75);
    expect(await readGradient(sums, product)).toBeClose([-1, -0.75, 0]);
  });

  it("is exactly 0 where everything is labelled", async () => {
    const call = { shape: [1, 3, 1], predictions: [0.1, 0.2, 0.7], labels: [1, 1, 1] };
    expect((await readLoss(sums, call)).values).toEqual([0]);
  });
});
