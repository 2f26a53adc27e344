import "@tensorflow/tfjs-backend-cpu";
import { memory, setBackend, tensor } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, it } from "vitest";
import { WeightAverage } from "../src/weight-average.ts";

beforeAll(async () => {
  await setBackend("cpu");
});

function modelOfOneWeight() {
  const model = sequential({ layers: [layers.dense({ units: 1, useBias: false, inputShape: [1] })] });
  const set = (value: number) => model.weights[0]?.write(tensor([[value]]));
  const get = () => model.weights[0]?.read().dataSync()[0];
  return { model, set, get };
}

it("follows the weights, shows their mean for a while, and ends with it", async () => {
  const { model, set, get } = modelOfOneWeight();
  set(0);
  const average = new WeightAverage(model, 100);
  set(3);
  average.update(); // keeps 1/3 of 0, takes 2/3 of 3
  set(6);
  average.update(); // keeps 1/2 of 2, takes 1/2 of 6
  expect(await average.during(async () => get())).toBeCloseTo(4, 6);
  expect(get()).toBe(6);
  average.apply();
  expect(get()).toBeCloseTo(4, 6);
});

it("keeps no tensor alive", async () => {
  const { model } = modelOfOneWeight();
  const average = new WeightAverage(model, 100);
  const before = memory().numTensors;
  average.update();
  await average.during(async () => {});
  average.apply();
  expect(memory().numTensors).toBe(before);
});
