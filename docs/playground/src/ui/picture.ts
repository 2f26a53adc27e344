/** The side of a picture in its own pixels: every size of a scene divides it. */
export const pictureSide = 768;

/** Draws an image so that its pixels stay squares. */
export function drawPixels(canvas: HTMLCanvasElement, image: ImageData): CanvasRenderingContext2D {
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const small = new OffscreenCanvas(image.width, image.height);
  (small.getContext("2d") as OffscreenCanvasRenderingContext2D).putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, canvas.width, canvas.height);
  return context;
}

/** Draws a line along the borders between the classes of a mask. */
export function drawOutline(context: CanvasRenderingContext2D, mask: Uint8Array, size: number, colour: string): void {
  const step = context.canvas.width / size;
  context.beginPath();
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const label = mask[row * size + column];
      if (column + 1 < size && mask[row * size + column + 1] !== label) {
        context.moveTo((column + 1) * step, row * step);
        context.lineTo((column + 1) * step, (row + 1) * step);
      }
      if (row + 1 < size && mask[(row + 1) * size + column] !== label) {
        context.moveTo(column * step, (row + 1) * step);
        context.lineTo((column + 1) * step, (row + 1) * step);
      }
    }
  }
  context.strokeStyle = colour;
  // small pictures are seen smaller
  context.lineWidth = context.canvas.width < pictureSide ? 3 : 2.5;
  context.lineCap = "square";
  context.stroke();
}
