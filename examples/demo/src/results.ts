import type { Evaluation } from "./evaluate.ts";
import { foregroundMean } from "./metrics.ts";
import type { Dataset } from "./sample.ts";
import { drawTable, figure } from "./table.ts";
import type { Training } from "./train.ts";

/** One training with one loss, and what came of it. */
export interface Result {
  loss: string;
  training: Training;
  evaluation: Evaluation;
  /** 95th percentile Hausdorff distance of each class, background first. */
  hausdorff: number[];
}

/** The comparison that the demo ends with; the best Dice is marked. */
export function resultsTable(results: Result[], dataset: Dataset): string {
  const best = Math.max(...results.map(({ evaluation }) => evaluation.meanDice));
  const rows = results.map(({ loss, training, evaluation, hausdorff }) => [
    loss,
    figure(training.epochs.at(-1)?.loss ?? Number.NaN, 4),
    `${evaluation.meanDice === best ? "* " : ""}${figure(evaluation.meanDice, 4)}`,
    figure(evaluation.meanIou, 4),
    figure(foregroundMean(hausdorff), 2),
    figure(training.msPerStep, 0),
    `${training.stepsDone}${training.interrupted ? " (stopped)" : ""}`,
  ]);
  return drawTable(["loss", "train loss", "Dice", "IoU", `HD95 (${dataset.unit})`, "ms/step", "steps"], rows);
}
