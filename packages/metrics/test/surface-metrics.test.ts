import {
  averageSurfaceDistance,
  averageSurfaceDistanceAsync,
  hausdorff95,
  hausdorff95Async,
  surfaceDistances,
} from "@lossary/metrics";
import { onEachBackend, readNumbers } from "@lossary/test-kit";
import { memory, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { facts } from "./scipy-facts.ts";

const maskOf = (voxels: readonly number[], count: number) =>
  Float32Array.from({ length: count }, (_, voxel) => (voxels.includes(voxel) ? 1 : 0));
const numberOf = async (value: Tensor) => (await readNumbers(value))[0] as number;
const row = (values: number[], dtype: "float32" | "int32" = "int32") =>
  tensor(values, dtype === "int32" ? [1, values.length] : [1, values.length, 1], dtype);

onEachBackend("metrics of surfaces", () => {
  it.each(facts)("are those of scipy on $shape with spacing $spacing", async ({ shape, spacing, ...fact }) => {
    const count = shape.reduce((product, side) => product * side, 1);
    const truth = tensor(maskOf(fact.truth, count), [1, ...shape, 1]);
    const prediction = tensor(maskOf(fact.predicted, count), [1, ...shape, 1]);
    expect(await numberOf(hausdorff95(truth, prediction, { spacing }))).toBeClose(fact.hausdorff95, { relative: 1e-6 });
    const whole = hausdorff95(truth, prediction, { spacing, percentile: 100 });
    expect(await numberOf(whole)).toBeClose(fact.hausdorff100, { relative: 1e-6 });
    const average = averageSurfaceDistance(truth, prediction, { spacing });
    expect(await numberOf(average)).toBeClose(fact.average, { relative: 1e-6 });
  });

  it("say 0 of what agrees, and the diagonal or what is asked for where a class is missing on one side", async () => {
    const [some, none] = [row([0, 1, 1, 0]), row([0, 0, 0, 0])];
    const [likely, unlikely] = [row([0, 1, 1, 0], "float32"), row([0, 0, 0, 0], "float32")];
    for (const metric of [hausdorff95, averageSurfaceDistance]) {
      expect(await numberOf(metric(some, likely))).toBe(0);
      expect(await numberOf(metric(none, unlikely))).toBe(0);
      expect(await numberOf(metric(some, unlikely, { spacing: 2 }))).toBe(8);
      expect(await numberOf(metric(none, likely, { missing: 7 }))).toBe(7);
    }
  });

  it("leave classes that are in neither out of the mean, and take part in none of the background", async () => {
    // class 1 is 1 off on one side: surfaces {1, 2} and {1, 3}, each with distances 0 and 1; class 2 is nowhere; class 0 is off as well
    const truth = row([0, 1, 1, 0, 0, 0]);
    const logits = tensor(
      [0, 1, 1, 1, 0, 0].flatMap((label) => [0, 1, 2].map((c) => (c === label ? 3 : 0))),
      [1, 6, 3],
    );
    const options = { activation: "softmax", percentile: 100 } as const;
    expect(await readNumbers(hausdorff95(truth, logits, { ...options, reduction: "none" }))).toEqual([1, 1, 0]);
    expect(await readNumbers(hausdorff95(truth, logits, { ...options, includeBackground: false }))).toEqual([1]);
    const average = averageSurfaceDistance(truth, logits, { activation: "softmax", includeBackground: false });
    expect(await readNumbers(average)).toBeClose([0.5]);
  });

  it("have one number a sample", async () => {
    const truth = tensor([0, 1, 1, 0, 0, 1, 1, 0], [2, 4], "int32");
    const prediction = tensor([0, 1, 1, 0, 1, 1, 0, 0], [2, 4, 1]);
    const distances = hausdorff95(truth, prediction, { reduction: "sample", percentile: 100 });
    expect(distances.shape).toEqual([2]);
    expect(await readNumbers(distances)).toEqual([0, 1]);
    expect(await readNumbers(hausdorff95(truth, prediction))).toBeClose([0.95 / 2]);
  });

  it("see no surface beside an ignored voxel, and none of its labels", async () => {
    // 1 1 x 0 0 against 1 1 1 1 0: without x the truth ends nowhere but at the edge, the prediction behind voxel 3
    const [truth, prediction] = [row([1, 1, 1, 0, 0]), row([1, 1, 0, 1, 0], "float32")];
    const weights = tensor([1, 1, 0, 1, 1], [1, 5]);
    const ignoring = tensor([1, 1, 255, 0, 0], [1, 5], "int32");
    expect(await numberOf(hausdorff95(truth, prediction, { weights, percentile: 100 }))).toBe(3);
    expect(await numberOf(hausdorff95(ignoring, prediction, { ignoreLabel: 255, percentile: 100 }))).toBe(3);
  });

  it("are the same later", async () => {
    const { shape, truth, predicted, spacing } = facts[2] as (typeof facts)[number];
    const count = shape.reduce((product, side) => product * side, 1);
    const labels = tensor(maskOf(truth, count), [1, ...shape, 1]);
    const predictions = tensor(maskOf(predicted, count), [1, ...shape, 1]);
    const weights = tensor(
      maskOf(
        Array.from({ length: 100 }, (_, i) => i),
        count,
      ),
      [1, ...shape],
    );
    const before = memory().numTensors;
    for (const [now, later] of [
      [hausdorff95, hausdorff95Async],
      [averageSurfaceDistance, averageSurfaceDistanceAsync],
    ] as const) {
      for (const options of [{ spacing }, { weights }]) {
        const [first, second] = [now(labels, predictions, options), await later(labels, predictions, options)];
        expect(await readNumbers(second)).toEqual(await readNumbers(first));
        first.dispose();
        second.dispose();
      }
    }
    expect(memory().numTensors).toBe(before);
    expect(labels.isDisposed || predictions.isDisposed).toBe(false);
  });

  it("refuse what they cannot honour in their own names", () => {
    const [truth, prediction] = [row([0, 1]), row([0, 1], "float32")];
    const call = (options: object) => () => hausdorff95(truth, prediction, options);
    expect(call({ percentile: 101 })).toThrow("hausdorff95: percentile must be");
    expect(call({ missing: -1 })).toThrow(
      'hausdorff95: missing must be "diagonal", or a finite number of at least 0 (got -1)',
    );
    expect(call({ spacing: [1, 2] })).toThrow(/hausdorff95: spacing must be/);
    expect(call({ reduction: "sum" })).toThrow("hausdorff95: reduction must be");
    expect(() => averageSurfaceDistance(truth, prediction, { percentile: 3 } as never)).toThrow(
      'averageSurfaceDistance: there is no option "percentile"',
    );
  });
});

describe("surfaceDistances", () => {
  it("has one distance for each voxel of a surface: 0 1 1 1 0 0 and 0 0 1 1 1 1 in steps of 2", () => {
    const distances = surfaceDistances([0, 1, 1, 1, 0, 0], [0, 0, 1, 1, 1, 1], [6], { spacing: 2 });
    expect([...(distances?.there ?? [])]).toEqual([2, 2]);
    expect([...(distances?.back ?? [])]).toEqual([2, 4]);
  });
  it("is nothing where a mask is empty, or all of it is ignored", () => {
    expect(surfaceDistances([0, 1], [0, 0], [2])).toBeUndefined();
    expect(surfaceDistances([0, 1], [0, 1], [2], { ignored: [0, 1] })).toBeUndefined();
  });
  it("refuses masks of another length", () => {
    expect(() => surfaceDistances([0, 1], [0, 1, 1], [2])).toThrow(
      "surfaceDistances: second must be of 2 voxels, [2] (got 3)",
    );
  });
});
