import type { PoolRequest } from "./tasks.ts";

/** A job from its call to its answer. */
export interface Job {
  readonly id: number;
  readonly request: Omit<PoolRequest, "id" | "out">;
  /** Memory for the result, until it goes to a worker. */
  out: PoolRequest["out"];
  readonly transfer: boolean;
  /** Settle the caller's promise; only the first call counts. */
  readonly resolve: (result: Float32Array | Int32Array) => void;
  readonly reject: (reason: unknown) => void;
  /** Called once, when the promise is settled. */
  settled: () => void;
  open: boolean;
  /** Whether the input's memory has gone to a worker. */
  moved: boolean;
  crashes: number;
}

/** The jobs of a pool, waiting or with a worker: at most `capacity`. */
export class Queue {
  readonly capacity: number;
  readonly #waiting: Job[] = [];
  readonly #jobs = new Set<Job>();
  #watchers: (() => void)[] = [];
  #ids = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.#jobs.size;
  }

  get full(): boolean {
    return this.#jobs.size >= this.capacity;
  }

  add(
    request: Job["request"],
    transfer: boolean,
    out: Job["out"],
    resolve: Job["resolve"],
    reject: Job["reject"],
  ): Job {
    if (this.full) {
      throw new Error(`DistanceMapPool: ${this.capacity} jobs wait or run already; await room(), or use map()`);
    }
    const settle = (act: () => void): void => {
      if (!job.open) return;
      job.open = false;
      job.settled();
      act();
      this.#forget(job);
    };
    const job: Job = {
      id: ++this.#ids,
      request,
      transfer,
      out,
      resolve: (result) => settle(() => resolve(result)),
      reject: (reason) => settle(() => reject(reason)),
      settled: () => undefined,
      open: true,
      moved: false,
      crashes: 0,
    };
    this.#jobs.add(job);
    this.#waiting.push(job);
    return job;
  }

  /** The job that has waited longest. */
  next(): Job | undefined {
    return this.#waiting.shift();
  }

  /** Puts a job whose worker crashed in front, unless nobody waits for it. */
  again(job: Job): void {
    if (job.open) this.#waiting.unshift(job);
    else this.done(job);
  }

  /** A worker has finished with the job, whoever still waits for it. */
  done(job: Job): void {
    this.#jobs.delete(job);
    this.#wake();
  }

  /** An aborted job leaves its place if it has not begun. */
  #forget(job: Job): void {
    const at = this.#waiting.indexOf(job);
    if (at < 0) return;
    this.#waiting.splice(at, 1);
    this.done(job);
  }

  rejectAll(reason: Error): void {
    for (const job of [...this.#jobs]) {
      job.reject(reason);
      this.done(job);
    }
  }

  async room(): Promise<void> {
    while (this.full) await this.#change();
  }

  async idle(): Promise<void> {
    while (this.size > 0) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#watchers.push(resolve));
  }

  #wake(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const watcher of watchers) watcher();
  }
}
