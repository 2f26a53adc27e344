import { Tinypool } from "tinypool";
import type { ShardResult, ShardTask } from "./shard.ts";

/** A pool of processes that do tasks, and do those again whose process was lost. */
export interface Workers {
  readonly run: (task: ShardTask) => Promise<ShardResult>;
  /** How many tasks were done again. */
  readonly redone: () => number;
  /** The processes that are there. */
  readonly pids: () => number[];
  readonly close: () => Promise<void>;
}

/** What may be changed about a pool. */
export interface WorkersOptions {
  /** How often a task may be begun before the training stops. */
  readonly attempts?: number;
  /** After how many milliseconds a process that does not answer is ended. */
  readonly patience?: number;
  /** The module that does the tasks. */
  readonly filename?: URL;
}

/**
 * Starts `count` processes. A task whose process dies, or does not answer in time, is given to another process, which tinypool starts in its place; it
 * comes to the same result there, since a task brings all that it needs. After some attempts that fails.
 */
export function openWorkers(count: number, options: WorkersOptions = {}): Workers {
  const { attempts = 3, patience = 60_000, filename = new URL("./worker.ts", import.meta.url) } = options;
  const pool = new Tinypool({
    filename: filename.href,
    runtime: "child_process",
    serialization: "advanced",
    execArgv: ["--conditions=@lossary/source", "--no-warnings"],
    minThreads: count,
    maxThreads: count,
  });
  // A process that dies without a task loses nothing; tinypool starts another.
  pool.on("error", () => {});
  let redone = 0;
  const run = async (task: ShardTask): Promise<ShardResult> => {
    const what = `shard ${task.shard} of step ${task.step}`;
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await pool.run(task, { signal: AbortSignal.timeout(patience) });
        return checked(what, task, result);
      } catch (error) {
        if (!isLoss(error)) throw error;
        if (attempt === attempts)
          throw new Error(`${what} was lost with its process ${attempts} times; the training stops`, { cause: error });
        redone++;
      }
    }
  };
  return {
    run,
    redone: () => redone,
    pids: () => pool.threads.map(({ threadId }) => threadId),
    close: () => pool.destroy(),
  };
}

/** Whether the process is to blame, and not the task, which would fail anywhere. */
function isLoss(error: unknown): boolean {
  const { name, code, message } = error as NodeJS.ErrnoException;
  return (
    message === "Worker exited unexpectedly" ||
    name === "AbortError" ||
    code === "EPIPE" ||
    code === "ERR_IPC_CHANNEL_CLOSED"
  );
}

/** Nothing enters a sum that is not the answer to what was asked, whole and finite. */
function checked(what: string, { step, shard, slopes, weights }: ShardTask, result: ShardResult): ShardResult {
  if (result.step !== step || result.shard !== shard)
    throw new Error(`${what} was answered with shard ${result.shard} of step ${result.step}`);
  if (slopes === undefined) {
    if (result.sums === undefined) throw new Error(`${what} came back without sums`);
  } else if (result.gradient?.length !== weights.length || !result.gradient.every(Number.isFinite)) {
    throw new Error(`${what} came back without a finite gradient of all ${weights.length} weights`);
  }
  return result;
}
