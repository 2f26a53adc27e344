import { registerConvolutionGradients } from "@lossary/example-demo/convolution-gradients";
import "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { memory, setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { LossCall } from "../src/catalogue/call.ts";
import { noisyImage } from "../src/learn/noisy-image.ts";
import type { Lesson } from "../src/learn/protocol.ts";
import { Trainer } from "../src/learn/trainer.ts";

const size = 16;
const mask = Uint8Array.from({ length: size * size }, (_, i) =>
  i % size > 4 && i % size < 12 && i > 64 && i < 200 ? 1 : 0,
);
const call = (name: string): LossCall => ({ name, predictions: "logits", options: { activation: "sigmoid" } });

const lesson = (losses: [LossCall, LossCall]): Lesson => ({
  id: 1,
  backend: "wasm",
  size,
  channels: 1,
  labels: Int32Array.from(mask),
  image: noisyImage(mask, size, 2, 0.1, 7),
  losses,
  learningRate: 0.003,
  seed: 7,
});

beforeAll(async () => {
  await setBackend("wasm");
  registerConvolutionGradients();
});

describe("two networks", () => {
  it("with one loss stay the same, with two they part, and both learn", async () => {
    const same = new Trainer(lesson([call("diceLoss"), call("diceLoss")]));
    const other = new Trainer(lesson([call("diceLoss"), call("crossEntropyLoss")]));
    const [first] = await same.standings();
    for (let i = 0; i < 25; i++) {
      await same.step();
      await other.step();
    }
    const [a, b] = await same.standings();
    expect(a).toEqual(b);
    const [dice, crossEntropy] = await other.standings();
    expect(dice).toEqual(a);
    expect(crossEntropy.probabilities).not.toEqual(dice.probabilities);
    expect(dice.loss).toBeLessThan(0.5 * first.loss);
    expect(dice.dice).toBeGreaterThan(0.8);
    expect(crossEntropy.dice).toBeGreaterThan(0.8);
    same.dispose();
    other.dispose();
  });

  it("leave nothing behind", async () => {
    const before = memory().numTensors;
    const trainer = new Trainer(lesson([call("focalLoss"), call("boundaryLoss")]));
    await trainer.step();
    const during = memory().numTensors;
    await trainer.step();
    await trainer.standings();
    expect(memory().numTensors).toBe(during);
    trainer.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it("predict a mask where the loss takes a distance", async () => {
    const distances: LossCall = { name: "signedDistanceRegressionLoss", predictions: "distances", options: {} };
    const trainer = new Trainer(lesson([distances, call("diceLoss")]));
    const [{ probabilities }] = await trainer.standings();
    expect(new Set([...probabilities, 0, 1]).size).toBe(2);
    trainer.dispose();
  });
});

it("an image is the same for the same seed, brighter in the mask, and noisier with more noise", () => {
  const image = noisyImage(mask, size, 2, 0.1, 7);
  expect(noisyImage(mask, size, 2, 0.1, 7)).toEqual(image);
  expect(noisyImage(mask, size, 2, 0.1, 8)).not.toEqual(image);
  const meanOf = (label: number) => {
    const inside = image.filter((_, i) => mask[i] === label);
    return inside.reduce((sum, value) => sum + value, 0) / inside.length;
  };
  // a contrast of 0.6, within light of 0.08 and the noise of some hundred pixels
  expect(meanOf(1) - meanOf(0)).toBeGreaterThan(0.45);
});
