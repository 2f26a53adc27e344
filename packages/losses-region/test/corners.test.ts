import { readFileSync, writeFileSync } from "node:fs";
import { lossesAmong, withCornerTable } from "@lossary/checks/corner-table";
import * as everything from "@lossary/losses-region";
import {
  clDiceLoss,
  diceLoss,
  focalTverskyLoss,
  generalizedDiceLoss,
  generalizedWassersteinDiceLoss,
  iouLoss,
  logCoshDiceLoss,
  lovaszHingeLoss,
  lovaszSoftmaxLoss,
  matthewsCorrelationLoss,
  noiseRobustDiceLoss,
  sensitivitySpecificityLoss,
  tverskyLoss,
} from "@lossary/losses-region";
import { onEachBackend } from "@lossary/test-kit";
import { concat, mul, sub, type Tensor } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

/** The one class and its background, at distance 1. */
const ofTwoClasses = (labels: Tensor, predictions: Tensor) => {
  const withBackground = (x: Tensor) => concat([sub(1, x), x], -1);
  const distanceMatrix = [
    [0, 1],
    [1, 0],
  ];
  return generalizedWassersteinDiceLoss(withBackground(labels), withBackground(predictions), { distanceMatrix });
};

/** Scores of -1 and 1 for probabilities of 0 and 1. */
const ofScores = (labels: Tensor, predictions: Tensor) => lovaszHingeLoss(labels, sub(mul(predictions, 2), 1));

const losses = {
  diceLoss,
  iouLoss,
  tverskyLoss,
  focalTverskyLoss,
  generalizedDiceLoss,
  logCoshDiceLoss,
  noiseRobustDiceLoss,
  sensitivitySpecificityLoss,
  matthewsCorrelationLoss,
  lovaszSoftmaxLoss,
  lovaszHingeLoss: ofScores,
  generalizedWassersteinDiceLoss: ofTwoClasses,
  clDiceLoss,
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
