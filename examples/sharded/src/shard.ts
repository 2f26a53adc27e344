import { alongSlopes, type SumsJSON, sumsFromJSON, sumsToJSON } from "@lossary/core-reduce";
import { add, dispose, type Scalar, type Tensor, tidy, variableGrads } from "@tensorflow/tfjs-core";
import { type Patches, tensorsOf } from "./batches.ts";
import { joined, type Network } from "./network.ts";
import { sumsOf } from "./objective.ts";

/** The sums of the objective, or their slopes, on their way. */
export interface SumsMessage {
  readonly overlap: SumsJSON;
  readonly crossEntropy: SumsJSON;
}

/** All that a worker needs: it remembers nothing from one task to the next, so any worker can do any task, and do it again. */
export interface ShardTask {
  readonly step: number;
  readonly shard: number;
  readonly weights: Float32Array;
  readonly patches: Patches;
  /** The slopes of the objective of the whole batch; without them the sums are asked for. */
  readonly slopes?: SumsMessage;
}

/** What comes back: sums, or the shard's part of the gradient. */
export interface ShardResult {
  readonly step: number;
  readonly shard: number;
  readonly sums?: SumsMessage;
  readonly gradient?: Float32Array;
}

/** Goes forwards over the patches of a shard, or forwards again and backwards along the slopes of the whole. */
export async function workOn(network: Network, task: ShardTask): Promise<ShardResult> {
  const { step, shard, slopes } = task;
  network.writeWeights(task.weights);
  const { images, labels } = tensorsOf(task.patches);
  try {
    if (slopes === undefined) return { step, shard, sums: await readSums(network, images, labels) };
    return { step, shard, gradient: await readGradient(network, images, labels, slopes) };
  } finally {
    dispose([images, labels]);
  }
}

async function readSums(network: Network, images: Tensor, labels: Tensor): Promise<SumsMessage> {
  const sums = tidy(() => {
    const { overlap, crossEntropy } = sumsOf(labels, network.logits(images));
    return { overlap: { ...overlap }, crossEntropy: { ...crossEntropy } };
  });
  const message = { overlap: await sumsToJSON(sums.overlap), crossEntropy: await sumsToJSON(sums.crossEntropy) };
  dispose(sums);
  return message;
}

async function readGradient(network: Network, images: Tensor, labels: Tensor, slopes: SumsMessage) {
  const gradients = tidy(() => {
    const { value, grads } = variableGrads(() => {
      const { overlap, crossEntropy } = sumsOf(labels, network.logits(images));
      return add(
        alongSlopes(overlap, sumsFromJSON(slopes.overlap)),
        alongSlopes(crossEntropy, sumsFromJSON(slopes.crossEntropy)),
      ) as Scalar;
    }, [...network.variables]);
    value.dispose();
    return network.variables.map(({ name }) => grads[name] as Tensor);
  });
  const numbers = await joined(gradients);
  dispose(gradients);
  return numbers;
}
