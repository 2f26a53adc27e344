import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { partnerNote, type Result, ranked, resultsTable, trainLoss } from "../src/results.ts";
import type { Dataset } from "../src/sample.ts";

function result(loss: string, meanDice: number, ended?: "stopped" | "diverged"): Result {
  return {
    loss,
    training: {
      epochs: [{ step: 2, loss: 0.25, dice: meanDice }],
      losses: [0.3, 0.2],
      steps: 4,
      msPerStep: 12.4,
      stepsDone: ended ? 2 : 4,
      ...(ended && { ended }),
    },
    evaluation: { predictions: [], dice: [1, meanDice], iou: [1, 0.5], meanDice, meanIou: 0.5 },
    hausdorff: [0, 3.25],
  };
}
const dataset: Dataset = {
  title: "t",
  description: "d",
  classNames: ["background", "foreground"],
  channels: 1,
  unit: "mm",
  train: [],
  validation: [],
};

describe("results", () => {
  it("stand in the order of their Dice, those without one last", () => {
    const names = ranked([result("a", 0.5), result("b", Number.NaN), result("c", 0.75)]).map(({ loss }) => loss);
    expect(names).toEqual(["c", "a", "b"]);
  });

  it("are a table with the best one marked, and say how a training ended early", () => {
    const rows = stripVTControlCharacters(
      resultsTable([result("a", 0.5), result("c", 0.75, "stopped")], dataset),
    ).split("\n");
    expect(rows[0]?.split(/ {2,}/)).toEqual(["loss", "train loss", "Dice", "IoU", "HD95 (mm)", "ms/step", "steps"]);
    expect(rows[2]?.split(/ {2,}/)).toEqual(["c", "0.2500", "* 0.7500", "0.5000", "3.25", "12", "2 (stopped)"]);
    expect(rows[3]?.split(/ {2,}/)).toEqual(["a", "0.2500", "0.5000", "0.5000", "3.25", "12", "4"]);
  });

  it("have the loss of their last epoch, or of the steps before the first ends", () => {
    const { training } = result("a", 0.5);
    expect(trainLoss(training)).toBe(0.25);
    expect(trainLoss({ ...training, epochs: [], losses: [3, 1, 2] })).toBe(2);
  });
});

it("a note explains the partners, where there are some", () => {
  expect(partnerNote([result("diceLoss", 0.5)])).toBe("");
  expect(partnerNote([result("diceLoss", 0.5), result("diceLoss+0.1*activeBoundaryLoss", 0.5)])).toMatch(
    /^diceLoss\+0\.1\*activeBoundaryLoss: made to stand beside a region loss/,
  );
});
