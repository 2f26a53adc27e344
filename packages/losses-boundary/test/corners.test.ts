import { readFileSync, writeFileSync } from "node:fs";
import { lossesAmong, withCornerTable } from "@lossary/checks/corner-table";
import * as everything from "@lossary/losses-boundary";
import {
  activeBoundaryLoss,
  boundaryDoULoss,
  boundaryLoss,
  hausdorffConvolutionLoss,
  hausdorffDistanceLoss,
  hausdorffErosionLoss,
  logHausdorffDistanceLoss,
  shapeAwareLoss,
  signedDistanceRegressionLoss,
} from "@lossary/losses-boundary";
import { onEachBackend } from "@lossary/test-kit";
import { mul, sub, type Tensor } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

/** Distances of 1 outside and -1 inside for probabilities of 0 and 1. */
const ofDistances = (labels: Tensor, predictions: Tensor) =>
  signedDistanceRegressionLoss(labels, sub(1, mul(predictions, 2)));

const losses = {
  boundaryLoss,
  hausdorffDistanceLoss,
  logHausdorffDistanceLoss,
  hausdorffErosionLoss,
  hausdorffConvolutionLoss,
  shapeAwareLoss,
  activeBoundaryLoss,
  boundaryDoULoss,
  signedDistanceRegressionLoss: ofDistances,
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
