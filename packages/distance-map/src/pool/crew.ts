import type { Job, Queue } from "./queue.ts";
import { type AnyWorker, adopt, type PoolWorker } from "./spawn.ts";
import type { PoolReply } from "./tasks.ts";

/** A worker and the job that it computes. */
interface Seat {
  worker: PoolWorker;
  job: Job | undefined;
}

/** The workers of a pool: each has one job at most, and one that crashes is replaced. */
export class Crew {
  readonly #queue: Queue;
  readonly #workers: number;
  readonly #start: () => AnyWorker;
  readonly #seats = new Set<Seat>();

  constructor(queue: Queue, workers: number, start: () => AnyWorker) {
    this.#queue = queue;
    this.#workers = workers;
    this.#start = start;
  }

  async end(): Promise<void> {
    const seats = [...this.#seats];
    this.#seats.clear();
    await Promise.all(seats.map(({ worker }) => worker.terminate()));
  }

  /** Gives waiting jobs to workers that are free, or new. */
  assign(): void {
    for (;;) {
      let seat = [...this.#seats].find(({ job }) => job === undefined);
      if (seat === undefined && this.#seats.size >= this.#workers) return;
      const job = this.#queue.next();
      if (job === undefined) return;
      try {
        seat ??= this.#seat();
        seat.job = job;
        seat.worker.hold(true);
        const { voxels } = job.request;
        const moves = job.transfer && ArrayBuffer.isView(voxels) && voxels.buffer instanceof ArrayBuffer;
        const { out } = job;
        const buffers = moves ? [voxels.buffer] : [];
        if (out) buffers.push(out.buffer as ArrayBuffer);
        seat.worker.post({ ...job.request, id: job.id, out }, buffers);
        job.moved = moves;
        // a second worker finds memory of its own
        job.out = undefined;
      } catch (error) {
        // no worker could be made, or the job cannot be posted: both are this job's failure
        if (seat) seat.job = undefined;
        this.#queue.done(job);
        job.reject(unsendable(error));
      }
    }
  }

  #seat(): Seat {
    const seat = { job: undefined } as unknown as Seat;
    seat.worker = adopt(this.#start(), {
      reply: (reply) => this.#reply(seat, reply),
      crash: (reason) => this.#crash(seat, reason),
    });
    this.#seats.add(seat);
    return seat;
  }

  #reply(seat: Seat, reply: PoolReply): void {
    const { job } = seat;
    if (job === undefined || job.id !== reply.id || !this.#seats.has(seat)) return;
    seat.job = undefined;
    seat.worker.hold(false);
    this.#queue.done(job);
    if ("result" in reply) job.resolve(reply.result);
    else job.reject(remade(reply.error));
    this.assign();
  }

  #crash(seat: Seat, reason: Error): void {
    if (!this.#seats.delete(seat)) return;
    const { job } = seat;
    seat.job = undefined;
    void seat.worker.terminate();
    if (job === undefined) return;
    job.crashes++;
    if (job.moved || job.crashes > 1) {
      this.#queue.done(job);
      const why = job.moved ? "a worker crashed, and the input that was moved to it is lost" : "two workers crashed";
      job.reject(new Error(`DistanceMapPool: ${job.request.task}: ${why} (${reason.message})`, { cause: reason }));
    } else {
      this.#queue.again(job);
    }
    this.assign();
  }
}

/** An error that says what cannot be posted, where that is what is wrong. */
function unsendable(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== "DataCloneError") return error;
  return new TypeError(
    `DistanceMapPool: voxels, shape and options must be what a worker can be sent (${error.message})`,
    {
      cause: error,
    },
  );
}

/** A worker's error, of its own kind again. */
function remade({ name, message }: { name: string; message: string }): Error {
  if (name === "RangeError") return new RangeError(message);
  if (name === "TypeError") return new TypeError(message);
  return new Error(message);
}
