import { type Batch, PatchSampler } from "@lossary/example-demo/patches";
import { phantomDataset } from "@lossary/example-demo/phantom";
import { seededRandom } from "@lossary/example-demo/random";
import { type Tensor, tensor } from "@tensorflow/tfjs-core";

/** What nobody has labelled. */
export const unlabelled = 255;

/** Some patches of a batch. */
export interface Patches extends Batch {
  readonly count: number;
  readonly side: number;
}

/** The training batches of a run: the same ones for the same seed. */
export class Batches {
  readonly #sampler: PatchSampler;
  readonly #count: number;
  readonly #side: number;

  constructor(seed: number, count: number, side: number) {
    this.#sampler = new PatchSampler(phantomDataset(seed, { train: 8, validation: 0 }).train, side, seededRandom(seed));
    this.#count = count;
    this.#side = side;
  }

  /** The first patch is labelled in its lower half alone, so that patches, and shards, differ in how many pixels count. */
  next(): Patches {
    const batch = this.#sampler.next(this.#count);
    batch.labels.fill(unlabelled, 0, this.#side ** 2 / 2);
    return { ...batch, count: this.#count, side: this.#side };
  }
}

/** A batch in as many shards, the first ones larger by one patch where it does not divide evenly. */
export function shardsOf(batch: Patches, shards: number): Patches[] {
  const { count, side, images, labels } = batch;
  const area = side ** 2;
  return Array.from({ length: shards }, (_, index) => {
    const [from, to] = [Math.ceil((index * count) / shards), Math.ceil(((index + 1) * count) / shards)];
    return {
      images: images.slice(from * area, to * area),
      labels: labels.slice(from * area, to * area),
      count: to - from,
      side,
    };
  });
}

/** Patches as the network and the losses take them. */
export function tensorsOf({ images, labels, count, side }: Patches): { images: Tensor; labels: Tensor } {
  return { images: tensor(images, [count, side, side, 1]), labels: tensor(labels, [count, side, side], "int32") };
}
