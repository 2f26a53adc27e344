import { encode } from "fast-png";
import type { Sample } from "../sample.ts";
import { rgb } from "./colour-scale.ts";

/** Colours of the classes after the background, told apart by colour-blind readers too (Okabe and Ito 2008). */
export const classColours = ["#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#f0e442", "#d55e00", "#0072b2"];

/** Longest side of a picture in the report; larger images are thinned out. */
const longest = 384;

/** The image as a data URL, darkest grey to brightest. */
export function imagePicture(sample: Sample): string {
  return paint(sample, (grey) => grey);
}

/** The image with a label map over it: each class as a tint with a full-coloured contour. */
export function labelPicture(sample: Sample, labels: ArrayLike<number>): string {
  const { width, height } = sample;
  return paint(sample, (grey, pixel) => {
    const label = labels[pixel] as number;
    if (label === 0) return grey;
    const row = Math.floor(pixel / width);
    const column = pixel % width;
    const neighbours = [
      row > 0 ? pixel - width : pixel,
      row < height - 1 ? pixel + width : pixel,
      column > 0 ? pixel - 1 : pixel,
      column < width - 1 ? pixel + 1 : pixel,
    ];
    const opacity = neighbours.some((neighbour) => labels[neighbour] !== label) ? 0.95 : 0.4;
    const colour = rgb(classColours[(label - 1) % classColours.length] as string);
    return grey.map((value, channel) => (1 - opacity) * value + opacity * (colour[channel] as number));
  });
}

/** A picture whose pixels are made of those of the image, shown between its 0.5th and 99.5th percentile. */
function paint(sample: Sample, colourOf: (grey: number[], pixel: number) => number[]): string {
  const { image, channels } = sample;
  const sorted = image.toSorted();
  const low = sorted[Math.floor(0.005 * (sorted.length - 1))] as number;
  const high = sorted[Math.ceil(0.995 * (sorted.length - 1))] as number;
  const shown = (value: number) => (255 * (value - low)) / (high - low || 1);
  return encodePicture(sample, (pixel) => {
    const grey = [0, 1, 2].map((channel) => {
      const value = shown(image[pixel * channels + Math.min(channel, channels - 1)] as number);
      return Math.min(255, Math.max(0, value));
    });
    return colourOf(grey, pixel);
  });
}

/** A data URL of a picture of the given size, thinned out if it is large, with the colour of each pixel. */
export function encodePicture(
  { width, height }: { width: number; height: number },
  colourOf: (pixel: number) => ArrayLike<number>,
): string {
  const every = Math.ceil(Math.max(width, height) / longest);
  const columns = Math.ceil(width / every);
  const rows = Math.ceil(height / every);
  const data = new Uint8ClampedArray(rows * columns * 3);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      data.set(colourOf(row * every * width + column * every), (row * columns + column) * 3);
    }
  }
  const png = encode({ width: columns, height: rows, data, channels: 3, depth: 8 });
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}
