import { add, mean, mul, rsqrt, square, sub, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { initializers, type LayerVariable, layers, type Shape } from "@tensorflow/tfjs-layers";

/**
 * Every channel of every image with mean 0 and variance 1, then scaled and moved. Batch normalization would take the statistics of a shard for
 * those of the batch; the statistics of an image are the same wherever it is.
 */
export class InstanceNormalization extends layers.Layer {
  static className = "InstanceNormalization";
  #gain!: LayerVariable;
  #offset!: LayerVariable;

  override build(inputShape: Shape): void {
    const channels = [inputShape.at(-1) as number];
    this.#gain = this.addWeight("gain", channels, "float32", initializers.ones());
    this.#offset = this.addWeight("offset", channels, "float32", initializers.zeros());
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const images = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
    return tidy(() => {
      const centred = sub(images, mean(images, [1, 2], true));
      const deviation = rsqrt(add(mean(square(centred), [1, 2], true), 1e-3));
      return add(mul(mul(centred, deviation), this.#gain.read()), this.#offset.read());
    });
  }
}
