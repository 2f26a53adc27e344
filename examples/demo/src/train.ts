import { AdamOptimizer, type Scalar, type Tensor, tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { evaluate } from "./evaluate.ts";
import type { SegmentationLoss } from "./losses.ts";
import { PatchSampler } from "./patches.ts";
import { seededRandom } from "./random.ts";
import type { Dataset } from "./sample.ts";
import { WeightAverage } from "./weight-average.ts";

export interface TrainingOptions {
  epochs: number;
  stepsPerEpoch: number;
  /** Patches in a step. */
  batch: number;
  /** Side of a patch in pixels. */
  patch: number;
  seed: number;
  learningRate: number;
}

/** How things stand after a step. */
export interface Progress {
  step: number;
  steps: number;
  /** Exponential mean of the loss over about twenty steps. */
  loss: number;
  /** Mean foreground Dice on the validation images after the last full epoch; NaN before the first. */
  dice: number;
}

/** What one epoch ended with. */
export interface Epoch {
  /** Steps done at its end. */
  step: number;
  /** Mean loss over the steps of the epoch. */
  loss: number;
  /** Mean foreground Dice on the validation images. */
  dice: number;
}

export interface Training {
  epochs: Epoch[];
  /** The loss of every step. */
  losses: number[];
  /** Steps that were planned. */
  steps: number;
  /** Time of a training step (forward, backward, update) that nothing else on the machine disturbs: a tenth of them are faster. */
  msPerStep: number;
  stepsDone: number;
  /** Why the training ended before its last step: `signal` stopped it, or the loss was no number any more. */
  ended?: "stopped" | "diverged";
}

/** Adam whose learning rate can change: tfjs keeps it protected. */
class ScheduledAdam extends AdamOptimizer {
  setLearningRate(rate: number): void {
    this.learningRate = rate;
  }
}

/**
 * Trains `model` with `loss` and leaves it with the mean of its last weights. The same seed shows every loss the same patches in
 * the same order.
 */
export async function train(
  model: LayersModel,
  dataset: Dataset,
  loss: SegmentationLoss,
  options: TrainingOptions,
  onStep: (progress: Progress) => void = () => {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Training> {
  const { batch, patch, stepsPerEpoch, learningRate } = options;
  const sampler = new PatchSampler(dataset.train, patch, seededRandom(options.seed));
  const optimizer = new ScheduledAdam(learningRate, 0.9, 0.999);
  const weights = model.trainableWeights.map((weight) => weight.read()) as Variable[];
  const steps = options.epochs * stepsPerEpoch;
  const average = new WeightAverage(model, Math.max(1, steps / 10));
  const epochs: Epoch[] = [];
  const losses: number[] = [];
  const times: number[] = [];
  let smoothed = Number.NaN;
  let diverged = false;

  for (let step = 0; step < steps && !signal.aborted; step++) {
    const started = performance.now();
    // Polynomial decay, as nnU-Net has it: large steps first, so small ones last that validation stops jumping.
    optimizer.setLearningRate(learningRate * (1 - step / steps) ** 0.9);
    const { images, labels } = sampler.next(batch);
    const cost = tidy(() => {
      const x = tensor(images, [batch, patch, patch, dataset.channels]);
      const y = tensor(labels, [batch, patch, patch], "int32");
      const objective = () => loss(y, model.apply(x, { training: true }) as Tensor) as Scalar;
      return optimizer.minimize(objective, true, weights) as Scalar;
    });
    const value = (await cost.data())[0] as number;
    cost.dispose();
    times.push(performance.now() - started);
    losses.push(value);
    // What such a step did to the weights stays out of their mean.
    diverged = !Number.isFinite(value);
    if (diverged) break;
    average.update();
    smoothed = Number.isNaN(smoothed) ? value : 0.95 * smoothed + 0.05 * value;
    if ((step + 1) % stepsPerEpoch === 0) {
      const { meanDice } = await average.during(() => evaluate(model, dataset, 2 ** 17));
      const sum = losses.slice(-stepsPerEpoch).reduce((total, value) => total + value, 0);
      epochs.push({ step: step + 1, loss: sum / stepsPerEpoch, dice: meanDice });
    }
    onStep({ step: step + 1, steps, loss: smoothed, dice: epochs.at(-1)?.dice ?? Number.NaN });
    // Lets the terminal draw and Ctrl-C through: the backends of tfjs compute without ever yielding.
    await new Promise((resolve) => setImmediate(resolve));
  }
  average.apply();
  optimizer.dispose();
  times.sort((a, b) => a - b);
  const early = times.length < steps ? "stopped" : undefined;
  const ended = diverged ? "diverged" : early;
  return {
    epochs,
    losses,
    steps,
    msPerStep: times[Math.floor(times.length / 10)] ?? Number.NaN,
    stepsDone: times.length,
    ...(ended && { ended }),
  };
}
