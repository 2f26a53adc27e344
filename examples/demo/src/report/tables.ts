import { foregroundMean } from "../metrics.ts";
import { partnerNote, type Result, trainLoss } from "../results.ts";
import type { Dataset } from "../sample.ts";
import { figure } from "../table.ts";
import { escapeHtml, lossName } from "./html.ts";
import { curveKey } from "./training.ts";

interface Column {
  head: string;
  of: (result: Result) => number;
  digits: number;
  best?: "most" | "least";
  note?: (result: Result) => string | undefined;
}

/** Every loss with its figures, the best ones marked, and what must be known to read them. */
export function comparison(results: Result[], { unit }: Dataset): string {
  const columns: Column[] = [
    { head: "Dice", of: ({ evaluation }) => evaluation.meanDice, digits: 4, best: "most" },
    { head: "IoU", of: ({ evaluation }) => evaluation.meanIou, digits: 4, best: "most" },
    { head: `HD95 (${unit})`, of: ({ hausdorff }) => foregroundMean(hausdorff), digits: 2, best: "least" },
    { head: "train loss", of: ({ training }) => trainLoss(training), digits: 4 },
    { head: "ms per step", of: ({ training }) => training.msPerStep, digits: 0 },
    { head: "steps", of: ({ training }) => training.stepsDone, digits: 0, note: ({ training }) => training.ended },
  ];
  const head = columns.map((column) => `<th scope="col">${column.head}</th>`).join("");
  const body = results.map((result, index) => {
    const cells = columns.map(({ of, digits, best, note }) => {
      const all = results.map(of).filter(Number.isFinite);
      const winner = best === "most" ? Math.max(...all) : Math.min(...all);
      const isBest = best && results.length > 1 && of(result) === winner;
      const words = note?.(result);
      return `<td${isBest ? ' class="best"' : ""}>${figure(of(result), digits)}${words ? ` (${words})` : ""}</td>`;
    });
    return `<tr><th scope="row">${curveKey(index, results.length)}${lossName(result.loss)}</th>${cells.join("")}</tr>`;
  });
  const note = partnerNote(results);
  return `${table(head, body)}
<p class="soft">Dice, IoU and HD95 (95th percentile Hausdorff distance) are means over the foreground classes. Higher Dice and IoU and
lower HD95 are better. Time is that of a whole training step; a tenth of the steps were faster.</p>
${note && `<p class="soft">${escapeHtml(note)}</p>`}`;
}

/** Dice of the background and of each class. */
export function perClass(results: Result[], { classNames }: Dataset): string {
  const head = classNames.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = results.map(({ loss, evaluation }, index) => {
    const cells = evaluation.dice.map((value) => `<td>${figure(value, 4)}</td>`);
    return `<tr><th scope="row">${curveKey(index, results.length)}${lossName(loss)}</th>${cells.join("")}</tr>`;
  });
  return table(head, body);
}

function table(head: string, body: string[]): string {
  const rows = body.join("\n");
  return `<div class="card scroll" tabindex="0"><table><thead><tr><th scope="col">loss</th>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
