import { readFileSync } from "node:fs";
import { countOverlap, dice, foregroundMean } from "../metrics.ts";
import type { Result } from "../results.ts";
import type { Dataset, Sample } from "../sample.ts";
import { figure } from "../table.ts";
import { chart, curveClass } from "./curves.ts";
import { escapeHtml } from "./html.ts";
import { classColours, imagePicture, labelPicture } from "./pictures.ts";

/** Validation images that the report shows. */
const mostPictures = 4;

/** One page that needs no other file: the comparison, the curves and pictures of image, truth and predictions. */
export function writeReport(results: Result[], dataset: Dataset, settings: string): string {
  const stopped = results.some(({ training }) => training.interrupted);
  const style = readFileSync(new URL("./style.css", import.meta.url), "utf8");
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
<div class="card scroll">${comparison(results, dataset)}</div>
<p class="soft">Dice, IoU and HD95 (95th percentile Hausdorff distance) are means over the foreground classes. Higher Dice and IoU and
lower HD95 are better. Time is the median of a whole training step.</p>
${dataset.classNames.length > 2 ? `<h2>Dice of each class</h2>\n<div class="card scroll">${perClass(results, dataset)}</div>` : ""}
<h2>Training</h2>
<ul class="legend">${results.map(({ loss }, index) => `<li>${key(index)}${escapeHtml(loss)}</li>`).join("")}</ul>
<div class="charts">
<div class="card"><h3>Dice on the validation images</h3>
${chart(
  results.map(({ loss, training }) => ({ name: loss, values: training.epochs.map((epoch) => epoch.dice) })),
  "Dice by epoch",
  [0, 1],
)}</div>
<div class="card"><h3>Training loss, first epoch = 1</h3>
${chart(results.map(relativeLoss), "Training loss by epoch, relative to the first")}</div>
</div>
<h2>Predictions</h2>
<ul class="legend">${dataset.classNames.slice(1).map(swatch).join("")}</ul>
${shownSamples(dataset)
  .map((sample) => pictures(sample, results))
  .join("\n")}
</main>
</body>
</html>
`;
}

function comparison(results: Result[], { unit }: Dataset): string {
  const columns: { head: string; of: (result: Result) => number; digits: number; best?: "most" | "least" }[] = [
    { head: "Dice", of: ({ evaluation }) => evaluation.meanDice, digits: 4, best: "most" },
    { head: "IoU", of: ({ evaluation }) => evaluation.meanIou, digits: 4, best: "most" },
    { head: `HD95 (${unit})`, of: ({ hausdorff }) => foregroundMean(hausdorff), digits: 2, best: "least" },
    { head: "train loss", of: ({ training }) => training.epochs.at(-1)?.loss ?? Number.NaN, digits: 4 },
    { head: "ms per step", of: ({ training }) => training.msPerStep, digits: 0 },
    { head: "steps", of: ({ training }) => training.stepsDone, digits: 0 },
  ];
  const head = columns.map((column) => `<th scope="col">${column.head}</th>`).join("");
  const body = results.map((result, index) => {
    const cells = columns.map(({ of, digits, best }) => {
      const all = results.map(of).filter(Number.isFinite);
      const winner = best === "most" ? Math.max(...all) : Math.min(...all);
      const isBest = best && results.length > 1 && of(result) === winner;
      return `<td${isBest ? ' class="best"' : ""}>${figure(of(result), digits)}</td>`;
    });
    return `<tr><th scope="row">${key(index)}${escapeHtml(result.loss)}</th>${cells.join("")}</tr>`;
  });
  return `<table><thead><tr><th scope="col">loss</th>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>`;
}

function perClass(results: Result[], { classNames }: Dataset): string {
  const head = classNames.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const body = results.map(({ loss, evaluation }, index) => {
    const cells = evaluation.dice.map((value) => `<td>${figure(value, 4)}</td>`);
    return `<tr><th scope="row">${key(index)}${escapeHtml(loss)}</th>${cells.join("")}</tr>`;
  });
  return `<table><thead><tr><th scope="col">loss</th>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>`;
}

/** Losses have different units; as fractions of their first epoch they fit on one chart. */
function relativeLoss({ loss, training: { epochs } }: Result) {
  return { name: loss, values: epochs.map((epoch) => epoch.loss / (epochs[0]?.loss || 1)) };
}

/** Evenly chosen validation images, those with any foreground first. */
function shownSamples({ validation }: Dataset): Sample[] {
  const labelled = validation.filter(({ mask }) => mask.some((label) => label > 0));
  const candidates = labelled.length > 0 ? labelled : validation;
  const count = Math.min(mostPictures, candidates.length);
  return Array.from(
    { length: count },
    (_, index) => candidates[Math.floor((index * candidates.length) / count)] as Sample,
  );
}

function pictures(sample: Sample, results: Result[]): string {
  const predictions = results.map(({ loss, evaluation }) => {
    const found = evaluation.predictions.find((candidate) => candidate.sample === sample);
    if (!found) return "";
    const classes = evaluation.dice.length;
    const score = foregroundMean(countOverlap(sample.mask, found.prediction, classes).map(dice));
    return picture(labelPicture(sample, found.prediction), loss, `Dice ${figure(score, 3)}`);
  });
  return `<section class="card"><h3>${escapeHtml(sample.name)}</h3><div class="pictures">
${picture(imagePicture(sample), "image", `${sample.width} x ${sample.height}`)}
${picture(labelPicture(sample, sample.mask), "truth", "")}
${predictions.join("\n")}
</div></section>`;
}

function picture(url: string, name: string, detail: string): string {
  const caption = detail === "" ? escapeHtml(name) : `${escapeHtml(name)} · ${escapeHtml(detail)}`;
  return `<figure><img src="${url}" alt="${escapeHtml(name)}"><figcaption>${caption}</figcaption></figure>`;
}

function swatch(name: string, index: number): string {
  return `<li><span class="swatch" style="background:${classColours[index % classColours.length]}"></span>${escapeHtml(name)}</li>`;
}

function key(index: number): string {
  return `<svg class="key ${curveClass(index)}" viewBox="0 0 28 10" aria-hidden="true"><line x1="0" x2="28" y1="5" y2="5"/></svg>`;
}
