import { readFileSync } from "node:fs";
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
  sensitivitySpecificityLoss,
  tverskyLoss,
} from "@lossary/losses-region";
import { cornerTable, onEachBackend } from "@lossary/test-kit";
import { concat, mul, sub, type Tensor } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

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

onEachBackend("the table of corners", () => {
  it("stands in the README as the losses compute it", () => {
    const table = cornerTable({
      diceLoss,
      iouLoss,
      tverskyLoss,
      focalTverskyLoss,
      generalizedDiceLoss,
      logCoshDiceLoss,
      sensitivitySpecificityLoss,
      matthewsCorrelationLoss,
      lovaszSoftmaxLoss,
      lovaszHingeLoss: ofScores,
      generalizedWassersteinDiceLoss: ofTwoClasses,
      clDiceLoss,
    });
    expect(readFileSync(new URL("../README.md", import.meta.url), "utf8")).toContain(table);
  });
});
