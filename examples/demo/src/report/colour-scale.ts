/** Colours of the numbers between two ends, evenly spaced; between them red, green and blue change evenly. */
export type ColourScale = readonly string[];

/** For what begins at 0: dark blue through grey to yellow, ever lighter, so that it can be read without colour vision (after cividis, Nuñez et al. 2018). */
export const sequential: ColourScale = ["#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838"];

/** For what has two sides: blue below 0, orange above, ever darker with the distance from a white middle. Nobody confuses blue and orange. */
export const diverging: ColourScale = ["#00304f", "#0072b2", "#7fb8d8", "#f7f7f7", "#f0a875", "#d55e00", "#6e2e00"];

/** Red, green and blue, 0 to 255, at a place on the scale from 0 to 1. */
export function colourAt(scale: ColourScale, place: number): [number, number, number] {
  const along = Math.min(1, Math.max(0, place)) * (scale.length - 1);
  const below = Math.min(Math.floor(along), scale.length - 2);
  const from = rgb(scale[below] as string);
  const to = rgb(scale[below + 1] as string);
  const between = (channel: 0 | 1 | 2) => from[channel] + (along - below) * (to[channel] - from[channel]);
  return [between(0), between(1), between(2)];
}

/** The scale as a CSS gradient: the same colours at the same places. */
export function cssGradient(scale: ColourScale): string {
  return `linear-gradient(to right, ${scale.join(", ")})`;
}

/** "#ff8000" as [255, 128, 0]. */
export function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
