import { penaltyMap } from "@lossary/distance-map";
import { crossEntropyLoss, distancePenalizedCrossEntropyLoss } from "@lossary/losses-distribution";
import { gradientOf, lossOf, onEachBackend, useBackend } from "@lossary/test-kit";
import { type ReferenceInput, referenceLosses } from "@lossary/test-kit/reference";
import {
  copyRegisteredKernels,
  findBackendFactory,
  ones,
  registerBackend,
  removeBackend,
  tensor,
  zeros,
} from "@tensorflow/tfjs-core";
import { describe, expect, it, vi } from "vitest";

const four = { shape: [1, 4, 1], predictions: [0.9, 0.2, 0.6, 0.3], labels: [1, 0, 1, 1] };
const given = { ...four, options: { distanceMap: Float64Array.of(0.2, 1, 0.5, 0) } };

/** Seven voxels with the mask 0 0 1 1 1 0 0; every voxel costs ln 2. */
const line = { shape: [1, 7, 2], predictions: new Float64Array(14), labels: Int32Array.of(0, 0, 1, 1, 1, 0, 0) };
const softmaxMap = { activation: "softmax", reduction: "none" };

/** Uneven labels of 5 x 4 voxels in three classes, and uneven logits. */
const labels = Int32Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 2, 2, 1, 0, 2, 2, 0, 0);
const field = {
  shape: [1, 5, 4, 3],
  predictions: Float64Array.from({ length: 60 }, (_, i) => Math.round(8 * Math.sin(1.7 * i)) / 4),
  labels,
};

const loss = distancePenalizedCrossEntropyLoss;

onEachBackend("distancePenalizedCrossEntropyLoss", () => {
  it("is .6357 with F = .2, 1, .5, 0", () => {
    expect(lossOf(loss, given).values).toBeClose(0.63573274);
    expect(gradientOf(loss, given)).toBeClose([-0.333333, 0.625, -0.625, -0.833333], { relative: 3e-6 });
  });

  it("finds F = 0 1 1 0 1 1 0 from the mask 0 0 1 1 1 0 0", () => {
    const factors = [1, 2, 2, 1, 2, 2, 1].map((factor) => factor * Math.LN2);
    expect(lossOf(loss, { ...line, options: softmaxMap }).values).toBeClose(factors);
    const oneChannel = {
      ...line,
      shape: [1, 7, 1],
      predictions: new Float64Array(7),
      options: { ...softmaxMap, activation: "sigmoid" },
    };
    expect(lossOf(loss, oneChannel).values).toBeClose(factors);
  });

  it("doubles a region of one distance, and one that has nothing beside it", () => {
    const call = { ...line, labels: Int32Array.of(0, 1, 0, 1, 0, 1, 0), options: softmaxMap };
    expect(lossOf(loss, call).values).toBeClose(new Array(7).fill(2 * Math.LN2));
    const alone = { ...line, labels: new Int32Array(7), options: softmaxMap };
    expect(lossOf(loss, alone).values).toBeClose(new Array(7).fill(2 * Math.LN2));
  });

  it("measures no distance to an ignored voxel: x 1 1 1 0 is not deepest in its middle", () => {
    const call = {
      shape: [1, 5, 2],
      predictions: new Float64Array(10),
      labels: Int32Array.of(255, 1, 1, 1, 0),
      options: { ...softmaxMap, ignoreLabel: 255 },
    };
    expect(lossOf(loss, call).values).toBeClose([0, 1, 1.5, 2, 2].map((factor) => factor * Math.LN2));
  });

  it("is the same with the map that penaltyMap made, for every kind of channel", () => {
    for (const activation of ["softmax", "sigmoid"]) {
      const own = { ...field, options: { activation, spacing: [2, 0.5] } };
      const truth = tensor(Array.from(labels), [1, 5, 4], "int32");
      const distanceMap = Float64Array.from(penaltyMap(truth, { classes: 3, spacing: [2, 0.5] }).dataSync());
      const made = { ...field, options: { activation, distanceMap } };
      expect(lossOf(loss, made).values).toBeClose(lossOf(loss, own).values);
      expect(gradientOf(loss, made)).toBeClose(gradientOf(loss, own));
    }
  });

  it("measures in the units of each axis, as the reference does that tries all pairs", () => {
    for (const activation of ["softmax", "sigmoid"] as const) {
      const call: ReferenceInput = { ...field, options: { activation, spacing: [2, 0.5], reduction: "none" } };
      const expected = referenceLosses.distancePenalizedCrossEntropyLoss(call);
      expect(lossOf(loss, call).values).toBeClose(expected.values);
    }
  });

  it("is cross entropy with F = 0, and twice that with F = 1", () => {
    const plain = lossOf(crossEntropyLoss, four).values[0] as number;
    expect(lossOf(loss, { ...four, options: { distanceMap: new Float64Array(4) } }).values).toBeClose(plain);
    const ofOnes = { ...four, options: { distanceMap: new Float64Array(4).fill(1) } };
    expect(lossOf(loss, ofOnes).values).toBeClose(2 * plain);
  });

  it("refuses maps and spacings that do not fit", () => {
    const call = (options: object) => () => loss(zeros([1, 3, 2], "int32"), ones([1, 3, 2, 2]), options);
    const distanceMap = ones([1, 3, 2]);
    expect(call({ distanceMap, spacing: 2 })).toThrow(
      "distancePenalizedCrossEntropyLoss: spacing contradicts distanceMap",
    );
    expect(call({ distanceMap: ones([1, 3]) })).toThrow(
      "distancePenalizedCrossEntropyLoss: distanceMap must be a number tensor [1,3,2], one penalty a voxel, or [1,3,2,2] (got float32 tensor [1,3])",
    );
    expect(call({ distanceMap: [1, 2] })).toThrow("distanceMap must be a tensor (got [1, 2])");
    expect(call({ spacing: [1, 2, 3] })).toThrow("spacing must be a number, or 2 numbers, one a spatial axis");
    for (const spacing of [0, -1, Number.NaN, [], [1, 0]]) {
      expect(call({ spacing })).toThrow("spacing must be a finite number above 0, or a list of such");
    }
    expect(() => loss(ones([2, 2]), ones([2, 2]))).toThrow(
      "distancePenalizedCrossEntropyLoss: predictions need a spatial axis to measure distances on",
    );
  });
});

describe("distancePenalizedCrossEntropyLoss where labels can neither be measured nor read back at once", () => {
  it("says that the map must be made beforehand, and takes it", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    copyRegisteredKernels("cpu", "webgpu");
    registerBackend("webgpu", findBackendFactory("cpu"));
    try {
      await useBackend("webgpu");
      const call = (options?: object) => loss(zeros([1, 3, 1]), ones([1, 3, 1]), options);
      // a cpu backend under that name runs no programs, which is found out by the first call
      expect(() => call()).toThrow("webgpu cannot read labels back at once");
      expect(warn).toHaveBeenCalledWith(expect.stringContaining("webgpu refused a fused kernel"));
      expect(() => call()).toThrow(
        "distancePenalizedCrossEntropyLoss: webgpu cannot read labels back at once; make distanceMap beforehand with penaltyMapAsync",
      );
      expect(call({ distanceMap: ones([1, 3]) }).shape).toEqual([]);
    } finally {
      await useBackend("cpu");
      removeBackend("webgpu");
      warn.mockRestore();
    }
  });
});
