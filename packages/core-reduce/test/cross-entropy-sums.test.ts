import { crossEntropySums } from "@lossary/core-reduce";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { tensor, tensor2d, tensor3d } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

onEachBackend("crossEntropySums", () => {
  // -ln 0.9 = 0.105361, -ln 0.6 = 0.510826, -ln 0.3 = 1.203973; -ln 0.8 = 0.223144
  const truth = () => tensor3d([[[1], [0], [1], [1]]]);
  const prediction = () => tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);

  it("sums the terms of positives and negatives of one class", async () => {
    const { positives, negatives, labelled, valid } = crossEntropySums(truth(), prediction());
    expect(await readNumbers(positives)).toBeClose([1.8201588], { relative: 1e-6 });
    expect(negatives && (await readNumbers(negatives))).toBeClose([0.2231436], { relative: 1e-6 });
    expect(await readNumbers(labelled)).toEqual([3]);
    expect(await readNumbers(valid)).toEqual([4]);
  });

  it("weighs voxels, turns down what is easy and smooths hard labels", async () => {
    const weights = tensor2d([[2, 1, 0, 1]]);
    const focal = crossEntropySums(truth(), prediction(), { weights, gamma: 2 });
    // 2 x 0.01 x 0.105361 + 0.49 x 1.203973; 0.04 x 0.223144
    expect(await readNumbers(focal.positives)).toBeClose([0.592054], { relative: 1e-5 });
    expect(focal.negatives && (await readNumbers(focal.negatives))).toBeClose([0.00892574], { relative: 1e-5 });
    expect(await readNumbers(focal.labelled)).toEqual([3]);
    expect(await readNumbers(focal.valid)).toEqual([4]);
    const hard = tensor2d([[1, 0, 1, 1]], [1, 4], "int32");
    const smoothed = crossEntropySums(hard, prediction(), { labelSmoothing: 0.2 });
    // 0.9 x 1.820159 + 0.1 x -ln 0.2; -ln of 0.1, 0.4 and 0.7 times 0.1, and 0.9 x 0.223144
    expect(await readNumbers(smoothed.positives)).toBeClose([1.7990867], { relative: 1e-5 });
    expect(smoothed.negatives && (await readNumbers(smoothed.negatives))).toBeClose([0.5583832], { relative: 1e-5 });
  });

  it("has negatives of independent channels alone, with softmax where they are asked for", async () => {
    const labels = tensor([[0, 1]], [1, 2], "int32");
    const logits = tensor3d([
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
    ]);
    expect(crossEntropySums(labels, logits, { activation: "softmax" })).not.toHaveProperty("negatives");
    const both = crossEntropySums(labels, logits, { activation: "softmax", multiLabel: true });
    // ln 3 = 1.098612 and -ln (2/3) = 0.405465
    expect(await readNumbers(both.positives)).toBeClose([1.0986123, 1.0986123, 0], { relative: 1e-6 });
    expect(both.negatives && (await readNumbers(both.negatives))).toBeClose([0.4054651, 0.4054651, 0.8109302], {
      relative: 1e-6,
    });
  });

  it("says what it refuses in its own name", () => {
    expect(() => crossEntropySums(truth(), prediction(), { gamma: -1 })).toThrow(
      "crossEntropySums: gamma must be a finite number of at least 0 (got -1)",
    );
    expect(() => crossEntropySums(truth(), prediction(), { labelSmoothing: 0.1 })).toThrow(
      "crossEntropySums: labelSmoothing needs hard labels",
    );
  });
});
