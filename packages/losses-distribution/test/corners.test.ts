import { readFileSync, writeFileSync } from "node:fs";
import { lossesAmong, withCornerTable } from "@lossary/checks/corner-table";
import * as everything from "@lossary/losses-distribution";
import {
  balancedCrossEntropyLoss,
  crossEntropyLoss,
  distancePenalizedCrossEntropyLoss,
  focalLoss,
  polyCrossEntropyLoss,
  topKLoss,
  weightedCrossEntropyLoss,
} from "@lossary/losses-distribution";
import { onEachBackend } from "@lossary/test-kit";
import type { Tensor } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

/** The weights are required. */
const withUnitWeights = (labels: Tensor, predictions: Tensor) =>
  weightedCrossEntropyLoss(labels, predictions, { classWeights: [1] });

const losses = {
  crossEntropyLoss,
  weightedCrossEntropyLoss: withUnitWeights,
  balancedCrossEntropyLoss,
  focalLoss,
  topKLoss,
  distancePenalizedCrossEntropyLoss,
  polyCrossEntropyLoss,
};

describe("the table of corners", () => {
  it("has a row for every loss of the package", () => {
    expect(Object.keys(losses).sort()).toEqual(lossesAmong(everything));
  });
});

onEachBackend("the table of corners", () => {
  it("stands in the README as the losses compute it", () => {
    const path = new URL("../README.md", import.meta.url);
    const readme = readFileSync(path, "utf8");
    const computed = withCornerTable(readme, losses);
    if (process.env.LOSSARY_WRITE) writeFileSync(path, computed);
    else expect(computed).toBe(readme);
  });
});
