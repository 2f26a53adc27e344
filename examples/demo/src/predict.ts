import { argMax, type Tensor3D, type Tensor4D, tensor4d, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { cutPatch } from "./patches.ts";
import type { Sample } from "./sample.ts";
import { sideMultiple } from "./unet.ts";

/** Side of the part of a tile that is kept, and the rim around it that only lends its context. */
const core = 256;
const rim = 16;

/**
 * The most probable class of every pixel. Large images are predicted in overlapping tiles, so that memory stays bounded; at
 * the border of the image the tile holds its mirror image, as in training.
 */
export async function predict(model: LayersModel, sample: Sample): Promise<Uint8Array> {
  const { height, width } = sample;
  const prediction = new Uint8Array(height * width);
  for (let top = 0; top < height; top += core) {
    for (let left = 0; left < width; left += core) {
      const rows = Math.min(core, height - top);
      const columns = Math.min(core, width - left);
      const side = Math.ceil(Math.max(rows, columns) / sideMultiple) * sideMultiple + 2 * rim;
      const tile = await predictTile(model, sample, top - rim, left - rim, side);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const label = tile[(row + rim) * side + column + rim] as number;
          prediction[(top + row) * width + left + column] = label;
        }
      }
    }
  }
  return prediction;
}

async function predictTile(model: LayersModel, sample: Sample, top: number, left: number, side: number) {
  const tile = { images: new Float32Array(side * side * sample.channels), labels: new Int32Array(side * side) };
  const middle = (side - 1) / 2;
  cutPatch(sample, { centre: [top + middle, left + middle], down: [1, 0], across: [0, 1] }, side, tile);
  const classes = tidy(() => {
    const image = tensor4d(tile.images, [1, side, side, sample.channels]);
    return argMax(model.apply(image) as Tensor4D, -1) as Tensor3D;
  });
  const data = await classes.data();
  classes.dispose();
  return data;
}
