import type { Evaluation } from "./evaluate.ts";
import { partnered } from "./losses.ts";
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

/** The results from the best Dice to the worst. */
export function ranked(results: Result[]): Result[] {
  const score = ({ evaluation }: Result) => (Number.isNaN(evaluation.meanDice) ? -1 : evaluation.meanDice);
  return results.toSorted((a, b) => score(b) - score(a));
}

/** Mean loss of the last epoch, or of the steps done if none was finished. */
export function trainLoss({ epochs, losses }: Training): number {
  return epochs.at(-1)?.loss ?? losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** The comparison that the demo ends with, the best Dice first and marked. */
export function resultsTable(results: Result[], dataset: Dataset): string {
  const best = Math.max(...results.map(({ evaluation }) => evaluation.meanDice));
  const rows = ranked(results).map(({ loss, training, evaluation, hausdorff }) => [
    loss,
    figure(trainLoss(training), 4),
    `${evaluation.meanDice === best ? "* " : ""}${figure(evaluation.meanDice, 4)}`,
    figure(evaluation.meanIou, 4),
    figure(foregroundMean(hausdorff), 2),
    figure(training.msPerStep, 0),
    `${training.stepsDone}${training.ended ? ` (${training.ended})` : ""}`,
  ]);
  return drawTable(["loss", "train loss", "Dice", "IoU", `HD95 (${dataset.unit})`, "ms/step", "steps"], rows);
}

/** Says of the results whose loss stands beside a partner why it does; empty if there are none. */
export function partnerNote(results: Result[]): string {
  const names = results.map(({ loss }) => loss).filter((name) => Object.values(partnered).includes(name));
  if (names.length === 0) return "";
  return `${names.join(", ")}: made to stand beside a region loss; alone they cannot be relied on to teach a network from scratch.`;
}
