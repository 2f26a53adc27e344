import {
  add,
  customGrad,
  type GradSaveFunc,
  mean,
  mul,
  rsqrt,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { initializers, type LayerVariable, layers, type Shape } from "@tensorflow/tfjs-layers";

/** Keeps a constant channel from being divided by zero. */
const epsilon = 1e-3;
/** How much of the running statistics each step leaves: they must follow a training of a few hundred steps. */
const momentum = 0.9;
/** Batch, rows and columns: every channel has statistics of its own. */
const axes = [0, 1, 2];

/** Told the mean and variance of the channels while a batch is normalized; keeps what it wants of them by copying. */
type Watch = (mean: Tensor, variance: Tensor) => void;

/**
 * Every channel with mean 0 and variance 1 over the batch, then scaled and moved: z = y gain + offset with y = (x - mean x) r
 * and r = 1 / sqrt(var x + epsilon).
 *
 * The gradients are closed: with b = mean dz and a = mean(dz y) over the n pixels of a channel, dL/doffset = n b, dL/dgain = n a and
 * dL/dx = gain r (dz - b - y a). tfjs's own tape would broadcast by Tile, which takes longer on wasm than the convolutions.
 */
export function normalizeBatch(images: Tensor, gain: Tensor, offset: Tensor, watch: Watch = () => {}): Tensor {
  const normalize = customGrad((...given) => {
    const [x, gain, offset, save] = given as unknown as [Tensor, Tensor, Tensor, GradSaveFunc];
    const average = mean(x, axes);
    const centred = sub(x, average);
    const variance = mean(square(centred), axes);
    watch(average, variance);
    const r = rsqrt(add(variance, epsilon));
    const y = mul(centred, r);
    save([y, r, gain]);
    const gradFunc = (dz: Tensor, saved: Tensor[]) =>
      tidy(() => {
        const [y, r, gain] = saved as [Tensor, Tensor, Tensor];
        const pixels = y.size / gain.size;
        const b = mul(sum(dz, axes), 1 / pixels);
        const a = mul(sum(mul(dz, y), axes), 1 / pixels);
        const dx = mul(sub(sub(dz, b), mul(y, a)), mul(gain, r));
        return [dx, mul(a, pixels), mul(b, pixels)];
      });
    return { value: add(mul(y, gain), offset), gradFunc };
  });
  return normalize(images, gain, offset);
}

/**
 * Batch normalization (Ioffe and Szegedy 2015), several times faster on wasm than tfjs-layers' own: without it a network this
 * small can settle on background alone.
 */
export class BatchNormalization extends layers.Layer {
  static className = "FastBatchNormalization";
  #gain!: LayerVariable;
  #offset!: LayerVariable;
  #mean!: LayerVariable;
  #variance!: LayerVariable;

  override build(inputShape: Shape): void {
    const channels = [inputShape.at(-1) as number];
    const weight = (name: string, first: ReturnType<typeof initializers.ones>, trainable: boolean) =>
      this.addWeight(name, channels, "float32", first, undefined, trainable);
    this.#gain = weight("gain", initializers.ones(), true);
    this.#offset = weight("offset", initializers.zeros(), true);
    this.#mean = weight("mean", initializers.zeros(), false);
    this.#variance = weight("variance", initializers.ones(), false);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override call(inputs: Tensor | Tensor[], { training }: { training?: boolean }): Tensor {
    const images = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
    return tidy(() => {
      const gain = this.#gain.read();
      const offset = this.#offset.read();
      if (training) {
        return normalizeBatch(images, gain, offset, (mean, variance) => {
          follow(this.#mean, mean);
          follow(this.#variance, variance);
        });
      }
      const scale = mul(gain, rsqrt(add(this.#variance.read(), epsilon)));
      return add(mul(images, scale), sub(offset, mul(this.#mean.read(), scale)));
    });
  }
}

/** Moves a running statistic towards that of the batch. */
function follow(running: LayerVariable, batch: Tensor): void {
  running.write(add(mul(running.read(), momentum), mul(batch, 1 - momentum)));
}
