import "@tensorflow/tfjs-backend-cpu";
import { overlap } from "@lossary/core-reduce";
import { getGradient, grad, ready, setBackend, sum, type Tensor, tensor3d } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";

// This file imports tfjs-core and a backend alone, as a program does that only evaluates.
beforeAll(async () => {
  await setBackend("cpu");
  await ready();
});

it("runs in a program that has no gradients registered", () => {
  expect(getGradient("Sum")).toBeUndefined();
});

it("computes values with tfjs-core alone", () => {
  const { intersection } = overlap(tensor3d([[[1], [0]]]), tensor3d([[[0.75], [0.5]]]));
  expect(Array.from(intersection.dataSync())).toEqual([0.75]);
});

it("says what to import as soon as somebody differentiates", () => {
  const slope = () => grad((p: Tensor) => sum(overlap(tensor3d([[[1]]]), p).intersection))(tensor3d([[[0.5]]]));
  expect(slope).toThrow(
    /^overlap: training needs the gradients of tfjs, .*import "@tensorflow\/tfjs" or "@tensorflow\/tfjs-layers"/,
  );
});
