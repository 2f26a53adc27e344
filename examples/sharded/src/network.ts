import { unet } from "@lossary/example-demo/unet";
import { type Tensor, tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import { type LayersModel, layers } from "@tensorflow/tfjs-layers";
import { InstanceNormalization } from "./instance-normalization.ts";

/** Of the phantom: background, organ, vessel wall, lesion. */
export const classes = 4;

/**
 * Of smooth functions: rounding stays rounding. A ReLU whose input is within rounding of 0 may take the other side when sums are made in another
 * order, on one machine as on several, and then two trainings part.
 */
const behind = () => [new InstanceNormalization({}), layers.activation({ activation: "swish" })];

/** The U-Net of the demo, whose first weights follow from the seed, and its weights as one list of numbers. */
export class Network {
  readonly #model: LayersModel;
  readonly variables: readonly Variable[];

  constructor(seed: number) {
    this.#model = unet(1, classes, seed, behind);
    this.variables = this.#model.trainableWeights.map((weight) => weight.read() as Variable);
  }

  /** Logits of every pixel. */
  logits(images: Tensor): Tensor {
    return this.#model.apply(images, { training: true }) as Tensor;
  }

  async readWeights(): Promise<Float32Array> {
    return joined(this.variables);
  }

  writeWeights(weights: Float32Array): void {
    tidy(() => {
      const parts = this.partsOf(weights);
      for (const [index, variable] of this.variables.entries()) variable.assign(parts[index] as Tensor);
    });
  }

  /** A list of numbers as tensors like the weights. */
  partsOf(numbers: Float32Array): Tensor[] {
    const total = this.variables.reduce((sum, { size }) => sum + size, 0);
    if (numbers.length !== total) throw new Error(`the network has ${total} weights (got ${numbers.length} numbers)`);
    let from = 0;
    return this.variables.map(({ shape, size }) => {
      from += size;
      return tensor(numbers.subarray(from - size, from), shape);
    });
  }

  dispose(): void {
    this.#model.dispose();
  }
}

/** The numbers of some tensors, one after another. */
export async function joined(tensors: readonly Tensor[]): Promise<Float32Array> {
  const parts = await Promise.all(tensors.map((one) => one.data<"float32">()));
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    all.set(part, from);
    from += part.length;
  }
  return all;
}
