import "@tensorflow/tfjs-backend-cpu";
import { mean, mul, setBackend, type Tensor } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, it } from "vitest";
import type { SegmentationLoss } from "../src/losses.ts";
import type { Dataset, Sample } from "../src/sample.ts";
import { train } from "../src/train.ts";

beforeAll(async () => {
  await setBackend("cpu");
});

const sample: Sample = {
  name: "one",
  height: 8,
  width: 8,
  channels: 1,
  image: Float32Array.from({ length: 64 }, (_, i) => i / 32 - 1),
  mask: Uint8Array.from({ length: 64 }, (_, i) => (i < 32 ? 0 : 1)),
  spacing: [1, 1],
};
const dataset: Dataset = {
  title: "t",
  description: "d",
  classNames: ["background", "foreground"],
  channels: 1,
  unit: "px",
  train: [sample],
  validation: [sample],
};
const options = { epochs: 2, stepsPerEpoch: 3, batch: 1, patch: 8, seed: 1, learningRate: 1e-2 };
const pointwise = () =>
  sequential({ layers: [layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [null, null, 1] })] });

describe("a training", () => {
  it("keeps the loss of every step, and loss and Dice of every epoch", async () => {
    const { losses, epochs, steps, stepsDone, ended } = await train(pointwise(), dataset, meanLogit(1), options);
    expect([losses.length, steps, stepsDone, ended]).toEqual([6, 6, 6, undefined]);
    expect(epochs.map(({ step }) => step)).toEqual([3, 6]);
    expect(epochs[1]?.loss).toBeCloseTo(losses.slice(3).reduce((sum, loss) => sum + loss) / 3, 6);
  });

  it("ends at the first loss that is no number, with the weights from before it", async () => {
    const model = pointwise();
    let calls = 0;
    const loss: SegmentationLoss = (labels, logits) => meanLogit(++calls === 5 ? Number.NaN : 1)(labels, logits);
    const { ended, stepsDone, epochs } = await train(model, dataset, loss, options);
    expect([ended, stepsDone, epochs.length]).toEqual(["diverged", 5, 1]);
    for (const weight of model.getWeights()) expect([...weight.dataSync()].every(Number.isFinite)).toBe(true);
  });

  it("ends after the step in which it is told to stop", async () => {
    const stop = new AbortController();
    const onStep = ({ step }: { step: number }) => step === 2 && stop.abort();
    const { ended, stepsDone } = await train(pointwise(), dataset, meanLogit(1), options, onStep, stop.signal);
    expect([ended, stepsDone]).toEqual(["stopped", 2]);
  });
});

/** A loss that is anything but sensible: the mean logit times a factor. */
function meanLogit(factor: number): SegmentationLoss {
  return (_: Tensor, logits: Tensor) => mul(mean(logits), factor);
}
