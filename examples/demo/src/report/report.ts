import { readFileSync } from "node:fs";
import { type Result, ranked } from "../results.ts";
import type { Dataset } from "../sample.ts";
import { distanceMaps } from "./distance-maps.ts";
import { escapeHtml } from "./html.ts";
import { predictionsSection } from "./predictions.ts";
import { comparison, perClass } from "./tables.ts";
import { trainingSection } from "./training.ts";

/** One page that needs no other file: the comparison, the curves, pictures of image, truth and predictions, and of distance maps. */
export function writeReport(results: Result[], dataset: Dataset, settings: string): string {
  const stopped = results.some(({ training }) => training.ended === "stopped");
  const style = readFileSync(new URL("./style.css", import.meta.url), "utf8");
  const best = ranked(results);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lossary demo: ${escapeHtml(dataset.title)}</title>
<style>
${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(dataset.title)}</h1>
<p>${escapeHtml(dataset.description)}</p>
<p class="soft">${escapeHtml(settings)}</p>
${stopped ? "<p><strong>Stopped early:</strong> the figures are those of the weights at that moment.</p>" : ""}
<h2>Comparison on the validation images</h2>
${comparison(best, dataset)}
${dataset.classNames.length > 2 ? `<h2>Dice of each class</h2>\n${perClass(best, dataset)}` : ""}
${trainingSection(best)}
${predictionsSection(best, dataset)}
${distanceMaps(dataset)}
</main>
</body>
</html>
`;
}
