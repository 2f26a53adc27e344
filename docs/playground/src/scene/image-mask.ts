/** The largest value of an image that is taken for class indices instead of shades. */
const lastIndex = 15;

/**
 * The mask that an image is, cut to a square: class indices where no value is above 15, as label images have them, else its
 * brightness in as many even steps as there are classes, white being the last one.
 *
 * @param pixels - red, green, blue and alpha of each pixel of the square
 */
export function maskOfPixels(pixels: Uint8ClampedArray, classes: number): Uint8Array {
  const shades = Uint8Array.from({ length: pixels.length / 4 }, (_, i) => {
    const [red, green, blue] = pixels.subarray(4 * i, 4 * i + 3) as unknown as [number, number, number];
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
  const brightest = shades.reduce((most, shade) => Math.max(most, shade), 0);
  if (brightest <= lastIndex) return shades.map((label) => Math.min(label, classes - 1));
  return shades.map((shade) => Math.min(classes - 1, Math.floor((shade * classes) / 256)));
}

/** Reads an image file as a mask: its middle square, each pixel the nearest of the image. */
export async function maskOfFile(file: Blob, size: number, classes: number): Promise<Uint8Array> {
  const image = await createImageBitmap(file);
  const side = Math.min(image.width, image.height);
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d", { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  context.imageSmoothingEnabled = false;
  context.drawImage(image, (image.width - side) / 2, (image.height - side) / 2, side, side, 0, 0, size, size);
  image.close();
  return maskOfPixels(context.getImageData(0, 0, size, size).data, classes);
}
