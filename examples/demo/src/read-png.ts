import { type DecodedPng, decode } from "fast-png";
import { DemoError } from "./demo-error.ts";

/** A PNG as numbers: rows from the top, channels last. */
export interface Raster {
  height: number;
  width: number;
  channels: number;
  values: ArrayLike<number>;
}

/** Decodes an image: grey stays one channel, colour becomes three, transparency is dropped. */
export function readPngImage(bytes: Uint8Array, path: string): Raster {
  const png = decodePng(bytes, path);
  const { width, height, palette } = png;
  const stored = storedValues(png);
  const channels = palette || png.channels >= 3 ? 3 : 1;
  const values = new Float32Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      values[pixel * channels + channel] = palette
        ? (palette[stored[pixel] as number]?.[channel] ?? 0)
        : (stored[pixel * png.channels + channel] as number);
    }
  }
  return { height, width, channels, values };
}

/** Decodes a mask: one number per pixel, its grey value or its place in the palette. */
export function readPngMask(bytes: Uint8Array, path: string): Raster {
  const png = decodePng(bytes, path);
  const { width, height } = png;
  const stored = storedValues(png);
  const channels = png.palette ? 1 : png.channels;
  const values = new Uint16Array(width * height);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const first = stored[pixel * channels] as number;
    if (channels >= 3 && (stored[pixel * channels + 1] !== first || stored[pixel * channels + 2] !== first)) {
      throw new DemoError(
        `${path}: a mask must hold one class value per pixel, but this one is in colour. Save it as grey (0, 1, 2, ...) or with a palette.`,
      );
    }
    values[pixel] = first;
  }
  return { height, width, channels: 1, values };
}

function decodePng(bytes: Uint8Array, path: string): DecodedPng {
  let png: DecodedPng;
  try {
    png = decode(bytes);
  } catch (error) {
    throw new DemoError(`${path}: not a readable PNG (${(error as Error).message.replace(/\W+$/, "")}).`);
  }
  return png;
}

/** The numbers of the file, one an element: images of 1, 2 or 4 bits keep several pixels in a byte, and each row begins a byte. */
function storedValues({ data, depth, width, height }: DecodedPng): ArrayLike<number> {
  if (depth >= 8) return data;
  const bytesPerRow = Math.ceil((width * depth) / 8);
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const bit = (pixel % width) * depth;
    const byte = data[Math.floor(pixel / width) * bytesPerRow + (bit >> 3)] as number;
    return (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  });
}
