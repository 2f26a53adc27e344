import type { Shape } from "../array/geometry.ts";
import type { VoxelArray } from "../array/voxels.ts";
import type { AnyWorker } from "./spawn.ts";
import type { PoolTask, PoolTaskOptions } from "./tasks.ts";

/** Options of a pool. */
export interface PoolOptions {
  /** Workers at most; they start when they are needed. @defaultValue the threads of the machine, at most 8 */
  workers?: number;
  /** Jobs that may wait for a worker. @defaultValue twice the workers */
  queue?: number;
  /** Starts a worker on `@lossary/distance-map/pool-worker`, where a bundler does not find it by itself. @defaultValue the pool's own way */
  createWorker?: () => AnyWorker;
}

/** How one job runs. */
export interface JobOptions {
  /** Rejects with the signal's reason; a job that a worker has begun is computed to its end and dropped. @defaultValue none */
  signal?: AbortSignal;
  /**
   * Moves the input's memory to the worker instead of copying it: the input is empty afterwards, and a worker that
   * crashes takes it away, so that the job is not tried again. @defaultValue false
   */
  transfer?: boolean;
  /**
   * An array whose memory moves to the worker, takes the result and comes back with it: new memory costs the system
   * about as much time as distances do. @defaultValue new memory
   */
  out?: Float32Array | Int32Array;
}

/** One job of `DistanceMapPool.map`. */
export interface PoolJob<Task extends PoolTask> extends Pick<JobOptions, "transfer" | "out"> {
  /** What the task reads, in C order: a mask, labels, or objects. */
  voxels: VoxelArray;
  /** One to three extents, slowest axis first. */
  shape: Shape;
  /** As of the task's function, less `out`. @defaultValue those of the function */
  options?: PoolTaskOptions<Task>;
}
