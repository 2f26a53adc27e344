import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { withAccident } from "../src/accident.ts";
import { useWasm } from "../src/backend.ts";
import { shardsOf } from "../src/batches.ts";
import type { ShardTask, SumsMessage } from "../src/shard.ts";
import { type Run, type TrainingOptions, trainAlone, trainInShards } from "../src/train.ts";
import { openWorkers, type WorkersOptions } from "../src/workers.ts";

const options: TrainingOptions = { steps: 20, seed: 1, batch: 5, side: 16 };
let alone: Run;

beforeAll(async () => {
  await useWasm();
  alone = await trainAlone(options);
});

function opened(count: number, options?: WorkersOptions) {
  const workers = openWorkers(count, options);
  onTestFinished(() => workers.close());
  return workers;
}

/** How far two runs are apart: the largest difference of a loss or a weight. */
function difference(some: Run, others: Run): number {
  const far = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] as number))), 0);
  expect([some.losses.length, some.weights.length]).toEqual([others.losses.length, others.weights.length]);
  return Math.max(far(some.losses, others.losses), far(some.weights, others.weights));
}

/** A task for a worker that does not look at it. */
const task = (shard: number, slopes?: SumsMessage): ShardTask => ({
  step: 4,
  shard,
  weights: Float32Array.of(1, 2),
  patches: { images: Float32Array.of(0), labels: Int32Array.of(0), count: 1, side: 1 },
  ...(slopes && { slopes }),
});

describe("training in three unequal shards on two processes", () => {
  it("is after 20 steps what one process gives, to 1e-5, and has learnt", async () => {
    const workers = opened(2);
    const run = await trainInShards(workers, 3, options);
    expect(difference(run, alone)).toBeLessThan(1e-5);
    expect(workers.redone()).toBe(0);
    expect(alone.losses.at(-1)).toBeLessThan(0.9 * (alone.losses[0] as number));
  });

  it("is the same when a process is killed in the middle of a step: another does its shard", async () => {
    const workers = opened(2);
    const before = workers.pids();
    const run = await trainInShards(withAccident(workers, 7), 3, options);
    expect(difference(run, alone)).toBeLessThan(1e-5);
    expect(workers.redone()).toBe(1);
    expect(workers.pids()).not.toEqual(before);
  });

  it("is something else where each shard has a Dice of its own", async () => {
    const short = { ...options, steps: 3 };
    const run = await trainInShards(opened(2), 3, short, { statistics: "own" });
    expect(difference(run, await trainAlone(short))).toBeGreaterThan(1e-3);
  });
});

describe("a process that is lost", () => {
  it("is ended and replaced when it does not answer", async () => {
    const filename = new URL("./workers/quick.ts", import.meta.url);
    const workers = opened(1, { filename, patience: 3000, attempts: 5 });
    await workers.run(task(0));
    process.kill(workers.pids()[0] as number, "SIGSTOP");
    expect(await workers.run(task(1))).toMatchObject({ step: 4, shard: 1 });
    expect(workers.redone()).toBeGreaterThanOrEqual(1);
  });

  it("again and again stops the training and says which shard it was", async () => {
    const workers = opened(1, { filename: new URL("./workers/dying.ts", import.meta.url) });
    await expect(trainInShards(workers, 1, options)).rejects.toThrow(
      "shard 0 of step 0 was lost with its process 3 times; the training stops",
    );
  });
});

describe("an answer that is wrong", () => {
  const none = { format: "lossary-sums", version: 1, sums: {} } as const;
  const slopes = { overlap: none, crossEntropy: none };

  it("enters no sum", async () => {
    const { run, redone } = opened(1, { filename: new URL("./workers/lying.ts", import.meta.url) });
    await expect(run(task(0))).rejects.toThrow("shard 0 of step 4 was answered with shard 0 of step 3");
    await expect(run(task(1))).rejects.toThrow("shard 1 of step 4 came back without sums");
    const incomplete = "came back without a finite gradient of all 2 weights";
    await expect(run(task(2, slopes))).rejects.toThrow(`shard 2 of step 4 ${incomplete}`);
    await expect(run(task(3, slopes))).rejects.toThrow(`shard 3 of step 4 ${incomplete}`);
    await expect(run(task(9))).rejects.toThrow("there is no shard 9");
    expect(redone()).toBe(0);
  });
});

describe("shards", () => {
  it("hold every patch once, in order, the first ones one more", () => {
    const patches = { images: Float32Array.of(1, 2, 3, 4, 5), labels: Int32Array.of(1, 2, 3, 4, 5), count: 5, side: 1 };
    const shards = shardsOf(patches, 3);
    expect(shards.map(({ count }) => count)).toEqual([2, 2, 1]);
    expect(shards.map(({ labels }) => [...labels])).toEqual([[1, 2], [3, 4], [5]]);
  });
});
