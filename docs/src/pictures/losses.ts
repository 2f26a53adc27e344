import { lossCatalogue } from "@lossary/catalogue";
import * as boundary from "@lossary/losses-boundary";
import * as compound from "@lossary/losses-compound";
import * as distribution from "@lossary/losses-distribution";
import * as region from "@lossary/losses-region";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-layers"; // registers the gradients of tfjs-core
import { side } from "./scene.ts";

type Loss = (labels: tf.Tensor, predictions: tf.Tensor, options?: Readonly<Record<string, unknown>>) => tf.Tensor;

/** How a loss is called in the pictures, where that is not labels and probabilities of one channel. */
interface Call {
  readonly options?: Readonly<Record<string, unknown>>;
  /** Two channels, of background and foreground, for a loss that is about several classes. */
  readonly exclusive?: true;
  /** What the loss wants in the place of probabilities, and may be given none of. */
  readonly reads?: (probability: tf.Tensor) => tf.Tensor;
}

const calls: Readonly<Record<string, Call>> = {
  weightedCrossEntropyLoss: { options: { classWeights: "inverseFrequency" }, exclusive: true },
  generalizedDiceLoss: { exclusive: true },
  generalizedWassersteinDiceLoss: {
    options: {
      distanceMatrix: [
        [0, 1],
        [1, 0],
      ],
    },
    exclusive: true,
  },
  generalizedDiceFocalLoss: { exclusive: true },
  exponentialLogarithmicLoss: { exclusive: true },
  clDiceLoss: { options: { iterations: 8 } }, // about the largest radius
  lovaszHingeLoss: { reads: (p) => tf.sub(tf.mul(p, 2), 1) }, // scores from -1 to 1
  signedDistanceRegressionLoss: { reads: (p) => tf.sub(1, tf.mul(p, 2)) }, // distances, negative inside
};

/** Every loss by its name; `blobLoss` around Dice and cross entropy. */
const functions: Readonly<Record<string, unknown>> = {
  ...distribution,
  ...region,
  ...boundary,
  ...compound,
  blobLoss: compound.blobLoss(compound.diceCrossEntropyLoss as never),
};

/** The names of all losses, in the order of the catalogue. */
export const lossNames: readonly string[] = lossCatalogue.map(({ name }) => name);

function callOf(name: string): Required<Pick<Call, "options">> & Call & { readonly loss: Loss } {
  return { options: {}, ...calls[name], loss: functions[name] as Loss };
}

function channels(values: tf.Tensor, exclusive: true | undefined): tf.Tensor {
  return exclusive ? tf.concat([tf.sub(1, values), values], -1) : values;
}

const image = (values: Float32Array): tf.Tensor => tf.tensor(values, [1, side, side, 1]);

/** What a loss says of probabilities, with its options at their defaults where none are given. */
export function lossOf(name: string, mask: Float32Array, probabilities: Float32Array, given: object = {}): number {
  const { loss, options, exclusive, reads = (p: tf.Tensor) => p } = callOf(name);
  return tf.tidy(() => {
    const labels = channels(image(mask), exclusive);
    return loss(labels, reads(channels(image(probabilities), exclusive)), {
      ...options,
      ...given,
    }).dataSync()[0] as number;
  });
}

/** The gradient of a loss with respect to the logits of the foreground, voxel by voxel. */
export function slopesOf(name: string, mask: Float32Array, logits: Float32Array): Float32Array {
  const { loss, options, exclusive, reads } = callOf(name);
  return tf.tidy(() => {
    const labels = channels(image(mask), exclusive);
    const value = (x: tf.Tensor): tf.Tensor => {
      if (reads) return loss(labels, reads(tf.sigmoid(x)), options);
      if (!exclusive) return loss(labels, x, { ...options, activation: "sigmoid" });
      return loss(labels, tf.concat([tf.zerosLike(x), x], -1), { ...options, activation: "softmax" });
    };
    return tf.grad(value)(image(logits)).dataSync() as Float32Array;
  });
}
