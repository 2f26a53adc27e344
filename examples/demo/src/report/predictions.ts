import { countOverlap, dice, foregroundMean } from "../metrics.ts";
import type { Result } from "../results.ts";
import type { Dataset, Sample } from "../sample.ts";
import { figure } from "../table.ts";
import { escapeHtml, lossName } from "./html.ts";
import { classColours, imagePicture, labelPicture } from "./pictures.ts";

/** Validation images that the report shows. */
const mostPictures = 4;

/** Image, truth and every loss's prediction side by side. */
export function predictionsSection(results: Result[], dataset: Dataset): string {
  const sections = shownSamples(dataset).map((sample) => pictures(sample, results));
  return `<h2>Predictions</h2>
<ul class="legend">${dataset.classNames.slice(1).map(swatch).join("")}</ul>
${sections.join("\n")}`;
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
  const caption = detail === "" ? lossName(name) : `${lossName(name)} · ${escapeHtml(detail)}`;
  return `<figure><img src="${url}" alt="${escapeHtml(name)}"><figcaption>${caption}</figcaption></figure>`;
}

function swatch(name: string, index: number): string {
  return `<li><span class="swatch" style="background:${classColours[index % classColours.length]}"></span>${escapeHtml(name)}</li>`;
}
