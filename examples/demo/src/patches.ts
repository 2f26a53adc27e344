import { between, type Random } from "./random.ts";
import type { Sample } from "./sample.ts";

/** Patches with their class indices, ready to become tensors [batch, height, width, channels] and [batch, height, width]. */
export interface Batch {
  images: Float32Array;
  labels: Int32Array;
}

/** Where a patch lies in its image: its centre, and the two steps from one patch pixel to the next (down, across). */
interface Placement {
  centre: [number, number];
  down: [number, number];
  across: [number, number];
}

/**
 * Endless random training patches. Half of them are centred on a pixel of a randomly chosen class, so that a class of few
 * pixels is seen often. Each patch is turned by any angle, mirrored, scaled between a half and twice, half of
 * them are blurred a little, and contrast and brightness change; beyond the border the image is mirrored.
 */
export class PatchSampler {
  readonly #samples: Sample[];
  readonly #size: number;
  readonly #random: Random;
  /** For each class, the pixels that carry it, as (sample, pixel) pairs. */
  readonly #pixelsOf: { sample: Sample; pixel: number }[][];

  constructor(samples: Sample[], size: number, random: Random) {
    this.#samples = samples;
    this.#size = size;
    this.#random = random;
    const pixelsOf: { sample: Sample; pixel: number }[][] = [];
    for (const sample of samples) {
      sample.mask.forEach((label, pixel) => {
        if (label === 0) return;
        pixelsOf[label] ??= [];
        pixelsOf[label].push({ sample, pixel });
      });
    }
    this.#pixelsOf = pixelsOf.filter((pixels) => pixels !== undefined);
  }

  next(count: number): Batch {
    const area = this.#size ** 2;
    const channels = (this.#samples[0] as Sample).channels;
    const images = new Float32Array(count * area * channels);
    const labels = new Int32Array(count * area);
    for (let index = 0; index < count; index++) {
      const { sample, centre } = this.#pickCentre();
      const into = {
        images: images.subarray(index * area * channels, (index + 1) * area * channels),
        labels: labels.subarray(index * area, (index + 1) * area),
      };
      cutPatch(sample, this.#pickPlacement(sample, centre), this.#size, into);
      if (this.#random() < 0.5) soften(into.images, this.#size, channels);
      changeExposure(into.images, this.#random);
    }
    return { images, labels };
  }

  #pickCentre(): { sample: Sample; centre: [number, number] } {
    if (this.#pixelsOf.length > 0 && this.#random() < 0.5) {
      const pixels = this.#pick(this.#pixelsOf);
      const { sample, pixel } = this.#pick(pixels);
      return { sample, centre: [Math.floor(pixel / sample.width), pixel % sample.width] };
    }
    const sample = this.#pick(this.#samples);
    return { sample, centre: [this.#random() * sample.height, this.#random() * sample.width] };
  }

  #pickPlacement({ height, width }: Sample, centre: [number, number]): Placement {
    // A patch never shows more than the image holds: mirror images of it have nothing to teach.
    const widest = Math.min(2, Math.max(1, Math.min(height, width) / this.#size));
    const angle = between(this.#random, 0, 2 * Math.PI);
    const step = 2 ** between(this.#random, -1, Math.log2(widest));
    const mirror = this.#random() < 0.5 ? -1 : 1;
    return {
      centre,
      down: [step * Math.cos(angle), step * Math.sin(angle)],
      across: [-mirror * step * Math.sin(angle), mirror * step * Math.cos(angle)],
    };
  }

  #pick<T>(list: T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }
}

/** Samples a square patch: the image between its four nearest pixels, the label of the nearest one. */
export function cutPatch(sample: Sample, placement: Placement, size: number, into: Batch): void {
  const { height, width, channels, image, mask } = sample;
  const { centre, down, across } = placement;
  const middle = (size - 1) / 2;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const y = centre[0] + (row - middle) * down[0] + (column - middle) * across[0];
      const x = centre[1] + (row - middle) * down[1] + (column - middle) * across[1];
      const pixel = row * size + column;
      into.labels[pixel] = mask[mirrored(Math.round(y), height) * width + mirrored(Math.round(x), width)] as number;
      const top = Math.floor(y);
      const left = Math.floor(x);
      const below = y - top;
      const right = x - left;
      const upper = mirrored(top, height) * width;
      const lower = mirrored(top + 1, height) * width;
      const near = mirrored(left, width);
      const far = mirrored(left + 1, width);
      for (let channel = 0; channel < channels; channel++) {
        const at = (index: number) => image[index * channels + channel] as number;
        into.images[pixel * channels + channel] =
          (1 - below) * ((1 - right) * at(upper + near) + right * at(upper + far)) +
          below * ((1 - right) * at(lower + near) + right * at(lower + far));
      }
    }
  }
}

/** Stretches and shifts the grey values, so that the network learns shapes and contrasts, not exposure. */
function changeExposure(patch: Float32Array, random: Random): void {
  const contrast = 2 ** between(random, -0.5, 0.5);
  const brightness = between(random, -0.25, 0.25);
  patch.forEach((value, i) => {
    patch[i] = contrast * value + brightness;
  });
}

/** Defocuses by the binomial filter (1 2 1)/4 down and across; the outermost pixels stay. */
function soften(patch: Float32Array, size: number, channels: number): void {
  for (const step of [channels, size * channels]) {
    const sharp = patch.slice();
    const at = (index: number) => sharp[index] as number;
    for (let i = step; i < patch.length - step; i++) {
      const along = Math.floor(i / step) % size;
      if (along > 0 && along < size - 1) patch[i] = (at(i - step) + 2 * at(i) + at(i + step)) / 4;
    }
  }
}

/** The index inside `[0, length)` that a mirror at both borders shows (the border pixel appears twice). */
export function mirrored(index: number, length: number): number {
  const period = 2 * length;
  const inside = ((index % period) + period) % period;
  return inside < length ? inside : period - 1 - inside;
}
