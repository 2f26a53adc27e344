import { distanceTransform, hausdorffField, penaltyMap, signedDistanceTransform } from "@lossary/distance-map/array";
import type { Dataset, Sample } from "../sample.ts";
import { type ColourScale, colourAt, cssGradient, diverging, sequential } from "./colour-scale.ts";
import { escapeHtml } from "./html.ts";
import { encodePicture, labelPicture } from "./pictures.ts";

/** A map of one truth, as a loss would make it, and how to read it. */
export interface ShownMap {
  name: string;
  /** What the numbers say, and which losses use them. */
  meaning: string;
  values: Float32Array;
  unit: string;
  scale: ColourScale;
  squared?: boolean;
}

/** Classes whose maps are shown; more would be more of the same. */
const mostClasses = 3;

/** Pictures of the maps that the distance losses make of one validation sample: the one with the most classes in it. */
export function distanceMaps({ validation, classNames, unit }: Dataset): string {
  const present = (sample: Sample) => new Set(sample.mask).size;
  const sample = validation.reduce((best, other) => (present(other) > present(best) ? other : best));
  const classes = [...new Set(sample.mask)].filter((label) => label > 0).sort((a, b) => a - b);
  if (classes.length === 0) return "";
  const shown = classes.slice(0, mostClasses).map((label) => ({
    name: classNames[label] as string,
    pictures: mapsOfClass(sample, label, unit).map((map) => mapPicture(map, sample)),
  }));
  const shared = [
    `<figure><img src="${labelPicture(sample, sample.mask)}" alt="truth"><figcaption><b>truth</b></figcaption></figure>`,
    mapPicture(penalty(sample), sample),
  ];
  // One class needs no heading and no row of its own.
  const rows =
    shown.length === 1
      ? [grid([...shared, ...shown.flatMap(({ pictures }) => pictures)])]
      : [grid(shared), ...shown.map(({ name, pictures }) => `<h3>${escapeHtml(name)}</h3>\n${grid(pictures)}`)];
  const meanings = [penalty(sample), ...mapsOfClass(sample, classes[0] as number, unit)].map(
    ({ name, meaning }) => `<li><b>${escapeHtml(name)}</b>: ${escapeHtml(meaning)}</li>`,
  );
  return `<h2>Distance maps</h2>
<p>What the distance losses make of the truth of ${escapeHtml(sample.name)}. Each map has its own scale.</p>
<ul class="soft">${meanings.join("\n")}</ul>
<section class="card">
${rows.join("\n")}
</section>`;
}

function grid(pictures: string[]): string {
  return `<div class="maps">${pictures.join("\n")}</div>`;
}

/** The penalty map, which every class shares: each pixel's is that of its own class. */
export function penalty({ mask, height, width, spacing }: Sample): ShownMap {
  return {
    name: "penalty",
    meaning:
      "1 at the borders, 0 at the deepest pixel of each class; by so much the distance-penalized cross entropy costs more there",
    values: penaltyMap(mask, [height, width], { spacing }),
    unit: "",
    scale: sequential,
  };
}

/** The maps of one class: depth inside it, signed distance to its border, Hausdorff field. */
export function mapsOfClass({ mask, height, width, spacing }: Sample, label: number, unit: string): ShownMap[] {
  const inside = mask.map((found) => (found === label ? 1 : 0));
  const shape = [height, width] as const;
  return [
    {
      name: "distance",
      meaning: "from the inside of a class to the nearest pixel outside it",
      values: distanceTransform(inside, shape, { spacing, noBackground: "zero" }),
      unit,
      scale: sequential,
    },
    {
      name: "signed distance",
      meaning: "to the border of a class, negative inside; the boundary loss is its mean over what was predicted",
      values: signedDistanceTransform(inside, shape, { spacing, noBackground: "zero", zeroAt: "inside" }),
      unit,
      scale: diverging,
    },
    {
      name: "Hausdorff field",
      meaning: "squared distance to the other side of a class's border, the weight of an error in the Hausdorff losses",
      values: hausdorffField(inside, shape, { spacing, alpha: 2 }),
      unit: `${unit}²`,
      scale: sequential,
      squared: true,
    },
  ];
}

/** The values that stand at the beginning, the middle and the end of a map's scale. */
export function ends({ values, scale, squared }: ShownMap): [number, number, number] {
  let [low, high] = [0, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  // The inside of small objects is shallow, the outside deep: with one unit of colour for both, the inside would stay white.
  if (scale === diverging) return [low, 0, high];
  // Squares are small over most of the picture: a quarter of the highest is half of the way.
  return [0, squared ? high / 4 : high / 2, high];
}

/** Where a value stands on the scale, 0 to 1. */
export function placeOf(value: number, [low, middle, high]: [number, number, number]): number {
  return value < middle
    ? 0.5 - (0.5 * (middle - value)) / (middle - low || 1)
    : 0.5 + (0.5 * (value - middle)) / (high - middle || 1);
}

function mapPicture(map: ShownMap, sample: Sample): string {
  const marks = ends(map);
  const url = encodePicture(sample, (pixel) => colourAt(map.scale, placeOf(map.values[pixel] as number, marks)));
  const texts = marks.map(label);
  const unit = map.unit && ` ${map.unit}`;
  return `<figure><img src="${url}" alt="${escapeHtml(map.name)}">
<div class="scale" role="img" aria-label="scale from ${texts[0]} to ${texts[2]}${unit}" style="background:${cssGradient(map.scale)}"></div>
<div class="marks"><span>${texts[0]}</span><span>${texts[1]}</span><span>${texts[2]}${unit}</span></div>
<figcaption><b>${escapeHtml(map.name)}</b></figcaption></figure>`;
}

/** Three digits are enough beside a colour. */
function label(value: number): string {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}
