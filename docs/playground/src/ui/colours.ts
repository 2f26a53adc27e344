import { type ColourScale, colourAt, rgb } from "@lossary/example-demo/colour-scale";

/** The colours in which masks and maps are drawn. */
export interface Palette {
  /** One for each class, background first (after Okabe and Ito, whom nobody confuses). */
  readonly classes: readonly string[];
  /** What lies on top of a mask: the outline of the truth. */
  readonly outline: string;
  /** For what has two sides, with its middle in the colour of the page. */
  readonly diverging: ColourScale;
  /** For what begins at 0. */
  readonly sequential: ColourScale;
}

/** On white paper. */
const light: Palette = {
  classes: ["#f1f3f5", "#0072b2", "#e08214", "#009e73"],
  outline: "#111418",
  diverging: ["#023e6b", "#0072b2", "#7fb8d8", "#f6f7f8", "#f0a875", "#d55e00", "#6e2e00"],
  sequential: ["#fdf6e0", "#e6d9a0", "#a9a886", "#6c7280", "#35456c", "#00224e"],
};

/** On black: the middle of a scale is dark, its ends shine. */
const dark: Palette = {
  classes: ["#1b2027", "#4aa8e0", "#f0a13c", "#2fc598"],
  outline: "#ffffff",
  diverging: ["#c9ebff", "#56b4e9", "#1f5f86", "#171b21", "#8a4514", "#ec8b3a", "#ffdcb5"],
  sequential: ["#14181f", "#1d355c", "#4d5f7c", "#8f8c78", "#d2b95c", "#fff0a0"],
};

/** The colours of a theme. */
export function paletteOf(isDark: boolean): Palette {
  return isDark ? dark : light;
}

/** An image of values as colours: red, green, blue and alpha of each pixel. */
export function coloured(values: ArrayLike<number>, scale: ColourScale, low: number, high: number): ImageData {
  const side = Math.sqrt(values.length);
  const image = new ImageData(side, side);
  const extent = high - low || 1;
  for (let i = 0; i < values.length; i++) {
    image.data.set(colourAt(scale, ((values[i] as number) - low) / extent), 4 * i);
    image.data[4 * i + 3] = 255;
  }
  return image;
}

/** An image of classes by their shares: `shares` holds one number a pixel and class, background first. */
export function blended(shares: ArrayLike<number>, classes: readonly string[]): ImageData {
  const side = Math.sqrt(shares.length / classes.length);
  const image = new ImageData(side, side);
  const colours = classes.map(rgb);
  for (let i = 0; i < side * side; i++) {
    for (const channel of [0, 1, 2] as const) {
      let mixed = 0;
      for (const [c, colour] of colours.entries())
        mixed += (shares[i * classes.length + c] as number) * (colour[channel] as number);
      image.data[4 * i + channel] = mixed;
    }
    image.data[4 * i + 3] = 255;
  }
  return image;
}
