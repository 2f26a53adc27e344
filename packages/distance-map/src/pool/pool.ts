import type { Shape } from "../array/geometry.ts";
import { checkNames, checkOptions } from "../array/options.ts";
import type { VoxelArray } from "../array/voxels.ts";
import { Crew } from "./crew.ts";
import type { JobOptions, PoolJob, PoolOptions } from "./pool-options.ts";
import { type Job, Queue } from "./queue.ts";
import { availableThreads, createWorker } from "./spawn.ts";
import type { PoolResult, PoolTask, PoolTaskOptions } from "./tasks.ts";

/**
 * Computes transforms and maps on worker threads, in Node and in browsers. Results come back without a copy. A job
 * whose worker crashes is tried once more on a fresh worker, and fails if that crashes too.
 *
 * @example
 * ```ts
 * import { DistanceMapPool } from "@lossary/distance-map/array";
 *
 * const pool = new DistanceMapPool({ workers: 2 });
 * const distances = await pool.run("distanceTransform", [0, 1, 1, 1, 0], [5], { spacing: 2 });
 * console.log(distances.join(" ")); // 0 2 4 2 0
 * await pool.close();
 * ```
 */
export class DistanceMapPool {
  /** How many workers there are at most. */
  readonly workers: number;
  readonly #queue: Queue;
  readonly #crew: Crew;
  #closed = false;

  constructor(options: PoolOptions = {}) {
    checkNames("DistanceMapPool", options, ["workers", "queue", "createWorker"]);
    const { workers = Math.min(8, availableThreads()), queue = 2 * workers } = options;
    for (const [name, value, least] of [
      ["workers", workers, 1],
      ["queue", queue, 0],
    ] as const) {
      if (!Number.isSafeInteger(value) || value < least) {
        throw new RangeError(`DistanceMapPool: ${name} must be a whole number >= ${least} (got ${value})`);
      }
    }
    this.workers = workers;
    this.#queue = new Queue(workers + queue);
    this.#crew = new Crew(this.#queue, workers, options.createWorker ?? createWorker);
  }

  /** Jobs that wait or run. */
  get pending(): number {
    return this.#queue.size;
  }

  /**
   * Computes one task on a worker.
   *
   * @returns the task's own result. Rejects with the task's own error, with the signal's reason, at once if the queue
   * is full, and if the pool is closed.
   */
  run<Task extends PoolTask>(
    task: Task,
    voxels: VoxelArray,
    shape: Shape,
    options: PoolTaskOptions<Task> = {} as PoolTaskOptions<Task>,
    { signal, transfer = false, out }: JobOptions = {},
  ): Promise<PoolResult<Task>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new Error("DistanceMapPool: the pool is closed");
      checkOptions("DistanceMapPool", options);
      if ("out" in options)
        throw new TypeError("DistanceMapPool: out moves to a worker; name it with signal and transfer");
      signal?.throwIfAborted();
      const request = { task, voxels, shape, options };
      const job = this.#queue.add(request, transfer, out, resolve as Job["resolve"], reject);
      if (signal) {
        const abort = (): void => job.reject(signal.reason);
        signal.addEventListener("abort", abort, { once: true });
        job.settled = () => signal.removeEventListener("abort", abort);
      }
      this.#crew.assign();
    });
  }

  /** Resolves when {@link run} has room for a job. */
  room(): Promise<void> {
    return this.#queue.room();
  }

  /**
   * Computes one task for every sample of a batch whose samples lie one after the other.
   *
   * @param shape Extents of one sample.
   * @returns the samples' results, one after the other.
   */
  async runBatch<Task extends PoolTask>(
    task: Task,
    voxels: Exclude<VoxelArray, readonly unknown[]>,
    shape: Shape,
    options: PoolTaskOptions<Task> = {} as PoolTaskOptions<Task>,
    { signal }: Pick<JobOptions, "signal"> = {},
  ): Promise<PoolResult<Task>> {
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (!(size > 0) || voxels.length % size !== 0) {
      throw new RangeError(`DistanceMapPool: a batch of samples of ${size} voxels has no ${voxels.length} voxels`);
    }
    const Result = task === "nearestBackground" ? Int32Array : Float32Array;
    const result = new Result(voxels.length) as PoolResult<Task>;
    function* samples(): Generator<PoolJob<Task>> {
      for (let at = 0; at < voxels.length; at += size) {
        const out = spare.pop();
        yield { voxels: voxels.slice(at, at + size), shape, options, ...(out ? { out } : {}) };
      }
    }
    // a sample's own result has been copied by the time that a later one begins
    const spare: PoolResult<Task>[] = [];
    let at = 0;
    for await (const sample of this.map(task, samples(), signal ? { signal } : {})) {
      result.set(sample, at);
      spare.push(sample);
      at += size;
    }
    return result;
  }

  /** Computes one task for every job, as many at a time as the pool has room for; results come in the jobs' order. */
  async *map<Task extends PoolTask>(
    task: Task,
    jobs: Iterable<PoolJob<Task>> | AsyncIterable<PoolJob<Task>>,
    { signal }: Pick<JobOptions, "signal"> = {},
  ): AsyncGenerator<PoolResult<Task>> {
    const waiting: Promise<PoolResult<Task>>[] = [];
    const stop = new AbortController();
    const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
    try {
      for await (const { voxels, shape, options, transfer = false, out } of jobs) {
        while (this.#queue.full && waiting.length > 0) yield waiting.shift() as Promise<PoolResult<Task>>;
        await this.room();
        const result = this.run(task, voxels, shape, options, {
          signal: either,
          transfer,
          ...(out ? { out } : {}),
        });
        // it is awaited in its turn; until then a failure is not an unhandled one
        result.catch(() => undefined);
        waiting.push(result);
      }
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) yield next;
    } finally {
      stop.abort(new Error("DistanceMapPool: nobody waits for this job any more"));
    }
  }

  /** Computes what waits, then ends all workers. No job is taken any more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.idle();
    await this.#crew.end();
  }

  /** Ends all workers at once; every job that waits or runs is rejected. */
  async terminate(): Promise<void> {
    this.#closed = true;
    this.#queue.rejectAll(new Error("DistanceMapPool: the pool was terminated"));
    await this.#crew.end();
  }

  /** Ends the pool where an `await using` declaration leaves its block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
