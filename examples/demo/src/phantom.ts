import { between, normal, type Random, seededRandom } from "./random.ts";
import { type Dataset, type Sample, standardised } from "./sample.ts";

const side = 96;
/** Mean grey value of background, organ, vessel wall and lesion. Lesion and wall differ by less than three noise deviations. */
const greyOf = [0.15, 0.5, 0.85, 0.68];
const surroundings = 0.32;
const noise = 0.09;

/**
 * Synthetic slices that are hard in the ways real ones are. Each 96 x 96 image shows a body of unlabelled tissue
 * (background), in it an organ with a wavy outline, a vessel whose ring-shaped wall is two to three pixels thick, and one to
 * four small round lesions inside the organ.
 *
 * - heavy imbalance: about 89 % background, 9.6 % organ, 1.1 % vessel wall, 0.5 % lesion;
 * - the image, not the mask, is blurred (Gaussian of 1 pixel), so that borders hold mixtures;
 * - a smooth shading of up to 25 % lies over the image, as coil sensitivity or uneven light would;
 * - Gaussian noise of 0.09 on grey values between 0.15 and 0.85.
 *
 * Shapes, places and noise follow from the seed alone.
 */
export function phantomDataset(seed: number, counts = { train: 32, validation: 8 }): Dataset {
  const random = seededRandom(seed ^ 0x9e3779b9);
  const make = (set: string, count: number) =>
    Array.from({ length: count }, (_, index) => phantom(`${set} ${index + 1}`, random));
  return {
    title: "Synthetic phantom",
    description:
      `${counts.train} training and ${counts.validation} validation slices of ${side} x ${side} pixels, drawn from seed ${seed}: ` +
      "an organ, a thin vessel wall and small lesions under blur, shading and noise.",
    classNames: ["background", "organ", "vessel wall", "lesion"],
    channels: 1,
    unit: "px",
    train: make("train", counts.train),
    validation: make("validation", counts.validation),
  };
}

function phantom(name: string, random: Random): Sample {
  const mask = new Uint8Array(side * side);
  const grey = new Float32Array(side * side);
  const paint = (inside: (y: number, x: number) => boolean, value: number, label: number) => {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        if (!inside(y, x)) continue;
        grey[y * side + x] = value;
        mask[y * side + x] = label;
      }
    }
  };

  const bodyY = between(random, 44, 52);
  const bodyX = between(random, 44, 52);
  const bodyHeight = between(random, 34, 42);
  const bodyWidth = between(random, 36, 44);
  paint(() => true, greyOf[0] as number, 0);
  paint((y, x) => ((y - bodyY) / bodyHeight) ** 2 + ((x - bodyX) / bodyWidth) ** 2 < 1, surroundings, 0);

  const organY = bodyY + between(random, -10, 6);
  const organX = bodyX + between(random, -14, -6);
  const organ = wavyOutline(random, between(random, 15, 20));
  paint((y, x) => Math.hypot(y - organY, x - organX) < organ(y - organY, x - organX), greyOf[1] as number, 1);

  const vesselY = bodyY + between(random, -8, 14);
  const vesselX = bodyX + between(random, 16, 24);
  const vesselRadius = between(random, 5, 8);
  const wall = between(random, 2, 3);
  paint((y, x) => Math.abs(Math.hypot(y - vesselY, x - vesselX) - vesselRadius) < wall / 2, greyOf[2] as number, 2);

  const lesions = 1 + Math.floor(random() * 4);
  for (let lesion = 0; lesion < lesions; lesion++) {
    const angle = between(random, 0, 2 * Math.PI);
    const distance = between(random, 2, 11);
    const lesionY = organY + distance * Math.sin(angle);
    const lesionX = organX + distance * Math.cos(angle);
    const radius = between(random, 1.5, 3.5);
    paint((y, x) => Math.hypot(y - lesionY, x - lesionX) < radius, greyOf[3] as number, 3);
  }

  const blurred = blur(blur(grey, 1), side);
  const shadeY = between(random, -0.25, 0.25) / side;
  const shadeX = between(random, -0.25, 0.25) / side;
  const image = blurred.map(
    (value, i) =>
      value * (1 + shadeY * (Math.floor(i / side) - side / 2) + shadeX * ((i % side) - side / 2)) +
      noise * normal(random),
  );
  return { name, height: side, width: side, channels: 1, image: standardised(image), mask, spacing: [1, 1] };
}

/** A radius that changes with the direction: a circle with three harmonics on it. */
function wavyOutline(random: Random, radius: number): (y: number, x: number) => number {
  const waves = [2, 3, 5].map((order) => ({
    order,
    height: between(random, 0, 0.35 / order),
    phase: between(random, 0, 2 * Math.PI),
  }));
  return (y, x) => {
    const angle = Math.atan2(y, x);
    return (
      radius * (1 + waves.reduce((sum, { order, height, phase }) => sum + height * Math.sin(order * angle + phase), 0))
    );
  };
}

/** Gaussian of one pixel along the axis whose neighbours lie `step` apart; the border pixel repeats outside. */
function blur(grey: Float32Array, step: number): Float32Array {
  const weights = [-2, -1, 0, 1, 2].map((offset) => Math.exp(-(offset ** 2) / 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return grey.map((_, i) => {
    const along = step === 1 ? i % side : Math.floor(i / side);
    let sum = 0;
    weights.forEach((weight, k) => {
      const neighbour = Math.min(side - 1, Math.max(0, along + k - 2));
      sum += weight * (grey[i + (neighbour - along) * step] as number);
    });
    return sum / total;
  });
}
