import { tensor, tidy } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";

/**
 * Running mean of a model's weights over the last steps, about `window` of them. Single steps on few patches throw the weights about;
 * their mean lies in the middle, and segments images from another microscope or scanner better than any one of them.
 */
export class WeightAverage {
  readonly #model: LayersModel;
  #mean: Float32Array[];
  readonly #mostKept: number;
  #steps = 0;

  constructor(model: LayersModel, window: number) {
    this.#model = model;
    this.#mostKept = 1 - 1 / window;
    this.#mean = readWeights(model);
  }

  /** Takes the present weights into the mean. */
  update(): void {
    this.#steps++;
    // At first the plain mean of the later half, so that the random beginning is soon forgotten.
    const kept = Math.min(this.#mostKept, this.#steps / (this.#steps + 2));
    readWeights(this.#model).forEach((values, which) => {
      const mean = this.#mean[which] as Float32Array;
      values.forEach((value, i) => {
        mean[i] = kept * (mean[i] as number) + (1 - kept) * value;
      });
    });
  }

  /** Puts the mean into the model for good. */
  apply(): void {
    writeWeights(this.#model, this.#mean);
  }

  /** Does something with the mean in the model, then puts the present weights back. */
  async during<Result>(action: () => Promise<Result>): Promise<Result> {
    const present = readWeights(this.#model);
    this.apply();
    const result = await action();
    writeWeights(this.#model, present);
    return result;
  }
}

function readWeights(model: LayersModel): Float32Array[] {
  return model.weights.map((weight) => Float32Array.from(weight.read().dataSync()));
}

function writeWeights(model: LayersModel, values: Float32Array[]): void {
  tidy(() => {
    model.weights.forEach((weight, which) => {
      weight.write(tensor(values[which] as Float32Array, weight.read().shape));
    });
  });
}
