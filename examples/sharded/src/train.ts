import { sumsFromJSON, sumsToJSON } from "@lossary/core-reduce";
import { MomentumOptimizer, type Scalar, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { Batches, type Patches, shardsOf, tensorsOf } from "./batches.ts";
import { Network } from "./network.ts";
import { added, fromSums, objective, type Sums } from "./objective.ts";
import type { ShardTask, SumsMessage } from "./shard.ts";
import type { Workers } from "./workers.ts";

/** What all runs have in common. */
export interface TrainingOptions {
  readonly steps: number;
  readonly seed: number;
  /** Patches in a batch. */
  readonly batch: number;
  /** Side of a patch in pixels, a multiple of 8. */
  readonly side: number;
}

/** What a run ended with. */
export interface Run {
  /** The objective of each step, before it. */
  readonly losses: number[];
  readonly weights: Float32Array;
  readonly seconds: number;
}

/** Told after each step. */
export type OnStep = (progress: { step: number; steps: number; loss: number; dice: number }) => void;

/**
 * Nesterov's momentum, as nnU-Net trains. A step is proportional to the gradient, so that the rounding of sums in another order stays rounding. Adam
 * divides by the size of the gradient: where that is all rounding, a weight moves by a whole step in a random direction, on one machine as on many.
 */
const [learningRate, momentum] = [0.05, 0.9];

/** Trains in this process, on whole batches. */
export function trainAlone(options: TrainingOptions, onStep: OnStep = () => {}): Promise<Run> {
  return train(options, onStep, async (network, optimizer, patches) => {
    const cost = tidy(() => {
      const { images, labels } = tensorsOf(patches);
      return optimizer.minimize(() => objective(labels, network.logits(images)), true, [
        ...network.variables,
      ]) as Scalar;
    });
    const loss = (await cost.data())[0] as number;
    cost.dispose();
    return { loss, dice: Number.NaN };
  });
}

/** Whose sums make the slopes that a shard goes backwards along: those of the whole batch, or its own alone, as where each worker has a loss of its own. */
export type Statistics = "global" | "own";

/** Trains on the workers, each batch in `shards` shards: sums from all, slopes to all, the parts of the gradient from all, one step. */
export function trainInShards(
  workers: Workers,
  shards: number,
  options: TrainingOptions,
  { onStep = () => {}, statistics = "global" }: { onStep?: OnStep; statistics?: Statistics } = {},
): Promise<Run> {
  let step = 0;
  return train(options, onStep, async (network, optimizer, patches) => {
    const weights = await network.readWeights();
    const tasks = shardsOf(patches, shards).map((part, shard): ShardTask => ({ step, shard, weights, patches: part }));
    const sums = (await Promise.all(tasks.map(workers.run))).map(({ sums }) => sums as SumsMessage);
    const whole = await answerTo(sums);
    const own = statistics === "own" ? await Promise.all(sums.map((one) => answerTo([one]))) : undefined;
    const told = tasks.map((task, shard) => ({ ...task, slopes: (own?.[shard] ?? whole).slopes }));
    const gradients = (await Promise.all(told.map(workers.run))).map(({ gradient }) => gradient as Float32Array);
    const total = sumOf(gradients, own ? 1 / shards : 1);
    tidy(() => {
      const parts = network.partsOf(total);
      optimizer.applyGradients(network.variables.map(({ name }, index) => ({ name, tensor: parts[index] as Tensor })));
    });
    step++;
    return whole;
  });
}

/** The loss of added sums, and the slopes that answer them. */
async function answerTo(messages: readonly SumsMessage[]) {
  const { value, dice, slopes } = tidy(() => {
    const read = messages.map(
      ({ overlap, crossEntropy }): Sums => ({
        overlap: sumsFromJSON(overlap, "overlap"),
        crossEntropy: sumsFromJSON(crossEntropy, "crossEntropy"),
      }),
    );
    return fromSums(added(read));
  });
  const [loss, missed] = [await value.data(), await dice.data()].map(([number]) => number as number);
  const answer = { overlap: await sumsToJSON(slopes.overlap), crossEntropy: await sumsToJSON(slopes.crossEntropy) };
  for (const one of [value, dice, ...Object.values(slopes.overlap), ...Object.values(slopes.crossEntropy)])
    one?.dispose();
  return { loss: loss as number, dice: 1 - (missed as number), slopes: answer };
}

/** The sum of the gradients of all shards, in their order, times a factor. */
function sumOf(gradients: readonly Float32Array[], factor: number): Float32Array {
  const total = new Float64Array(gradients[0]?.length ?? 0);
  for (const gradient of gradients)
    for (const [index, value] of gradient.entries()) total[index] = (total[index] as number) + value;
  return Float32Array.from(total, (value) => value * factor);
}

type Step = (
  network: Network,
  optimizer: MomentumOptimizer,
  patches: Patches,
) => Promise<{ loss: number; dice: number }>;

async function train(options: TrainingOptions, onStep: OnStep, step: Step): Promise<Run> {
  const { steps, seed, batch, side } = options;
  const network = new Network(seed);
  const optimizer = new MomentumOptimizer(learningRate, momentum, true);
  const batches = new Batches(seed, batch, side);
  const losses: number[] = [];
  const started = performance.now();
  try {
    for (let done = 1; done <= steps; done++) {
      const { loss, dice } = await step(network, optimizer, batches.next());
      if (!Number.isFinite(loss)) throw new Error(`step ${done - 1}: the loss is ${loss}`);
      losses.push(loss);
      onStep({ step: done, steps, loss, dice });
      // lets the terminal draw: the backends of tfjs compute without ever yielding
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { losses, weights: await network.readWeights(), seconds: (performance.now() - started) / 1000 };
  } finally {
    optimizer.dispose();
    network.dispose();
  }
}
