import type { Channels, Size } from "./scene.ts";

/** What a preset puts at a place: the class there, for x and y from 0 to 1 of the image. */
type Drawing = (x: number, y: number) => number;

/** A truth and a prediction that show something. */
export interface Preset {
  readonly name: string;
  /** What it shows, in a sentence. */
  readonly shows: string;
  readonly truth: Drawing;
  readonly prediction: Drawing;
}

const nothing: Drawing = () => 0;

const disc =
  (cx: number, cy: number, radius: number, label = 1): Drawing =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) < radius ? label : 0;

const ring =
  (cx: number, cy: number, outer: number, inner: number): Drawing =>
  (x, y) => {
    const distance = Math.hypot(x - cx, y - cy);
    return distance < outer && distance >= inner ? 1 : 0;
  };

/** The drawings over each other, the last one on top. */
const layers =
  (...drawings: Drawing[]): Drawing =>
  (x, y) =>
    drawings.reduce((below, drawing) => drawing(x, y) || below, 0);

/** A disc whose border waves. */
const star =
  (cx: number, cy: number, radius: number, wave: number, label = 1): Drawing =>
  (x, y) => {
    const angle = Math.atan2(y - cy, x - cx);
    return Math.hypot(x - cx, y - cy) < radius * (1 + wave * Math.cos(5 * angle)) ? label : 0;
  };

/** A thin line that swings; broken where x lies between two ends. */
const vessel =
  (gap?: readonly [number, number]): Drawing =>
  (x, y) => {
    const broken = gap !== undefined && x > gap[0] && x < gap[1];
    return !broken && Math.abs(y - 0.5 - 0.2 * Math.sin(7 * x)) < 0.035 && x > 0.08 && x < 0.92 ? 1 : 0;
  };

/** The scenes that the page offers, the first one to begin with. */
export const presets = {
  shifted: {
    name: "Shifted disc",
    shows: "The right shape in the wrong place",
    truth: disc(0.4375, 0.5, 0.24),
    prediction: disc(0.578125, 0.453125, 0.24),
  },
  lesion: {
    name: "Small lesion",
    shows: "A few pixels in a thousand: imbalance",
    truth: disc(0.66, 0.36, 0.055),
    prediction: disc(0.68, 0.38, 0.04),
  },
  missed: {
    name: "Missed lesion",
    shows: "The large one is found, the small one is not",
    truth: layers(disc(0.38, 0.56, 0.22), disc(0.76, 0.24, 0.06)),
    prediction: disc(0.39, 0.56, 0.21),
  },
  empty: {
    name: "Empty truth",
    shows: "Nothing is there, something is predicted",
    truth: nothing,
    prediction: disc(0.6, 0.42, 0.1),
  },
  ring: {
    name: "Ring",
    shows: "A hole that the prediction fills",
    truth: ring(0.5, 0.5, 0.32, 0.18),
    prediction: disc(0.5, 0.5, 0.3),
  },
  far: {
    name: "Far false positive",
    shows: "A few wrong pixels far away: distances matter",
    truth: disc(0.36, 0.6, 0.22),
    prediction: layers(disc(0.36, 0.6, 0.22), disc(0.88, 0.12, 0.04)),
  },
  contour: {
    name: "Rough contour",
    shows: "Right in size, wrong at the border",
    truth: star(0.5, 0.5, 0.28, 0.22),
    prediction: disc(0.5, 0.5, 0.28),
  },
  vessel: {
    name: "Broken vessel",
    shows: "A gap that few pixels make, and connectivity notices",
    truth: vessel(),
    prediction: vessel([0.44, 0.56]),
  },
  gap: {
    name: "Two close cells",
    shows: "A narrow gap that the prediction closes: border weights",
    truth: layers(disc(0.33, 0.5, 0.2), disc(0.75, 0.5, 0.2)),
    prediction: layers(disc(0.34, 0.5, 0.21), disc(0.74, 0.5, 0.21), (x, y) =>
      Math.abs(x - 0.54) < 0.06 && Math.abs(y - 0.5) < 0.07 ? 1 : 0,
    ),
  },
  classes: {
    name: "Organ and tumour",
    shows: "Classes inside each other, one taken for the other",
    truth: layers(star(0.48, 0.52, 0.36, 0.06), disc(0.58, 0.44, 0.13, 2), disc(0.3, 0.66, 0.07, 3)),
    prediction: layers(star(0.5, 0.52, 0.35, 0.02), disc(0.53, 0.47, 0.1, 2), disc(0.34, 0.66, 0.05, 3)),
  },
} as const satisfies Record<string, Preset>;

/** The name of a preset in a link. */
export type PresetName = keyof typeof presets;

/** A drawing as a mask of so many classes; those that are not there are painted as the last one. */
export function painted(drawing: Drawing, size: Size, channels: Channels): Uint8Array {
  const last = Math.max(1, channels - 1);
  return Uint8Array.from({ length: size * size }, (_, i) =>
    Math.min(last, drawing(((i % size) + 0.5) / size, (Math.floor(i / size) + 0.5) / size)),
  );
}
