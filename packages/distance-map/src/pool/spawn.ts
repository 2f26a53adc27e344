import type { PoolReply, PoolRequest } from "./tasks.ts";

/** A worker as the pool sees it. */
export interface PoolWorker {
  post(request: PoolRequest, transfer: ArrayBuffer[]): void;
  terminate(): Promise<void>;
  /** Whether the worker may keep a Node process alive. */
  hold(busy: boolean): void;
}

/** What a worker tells the pool. */
export interface PoolWorkerEvents {
  reply(reply: PoolReply): void;
  /** The worker is gone, or cannot be understood: it answers no more. */
  crash(reason: Error): void;
}

/** A worker of `node:worker_threads`, or of a browser. */
export interface AnyWorker {
  /** Sends a message, and with it the memory of the buffers that are named. */
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** Ends the worker at once. */
  terminate(): unknown;
}

type NodeWorker = import("node:worker_threads").Worker;

/** Number of threads that this machine runs at once. */
export function availableThreads(): number {
  const os = globalThis.process?.getBuiltinModule?.("node:os");
  return os?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}

/** Starts a worker on the pool's own script. */
export function createWorker(): AnyWorker {
  const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads");
  if (threads) return new threads.Worker(scriptBeside(import.meta.url));
  if (typeof Worker === "undefined") {
    throw new Error("DistanceMapPool: no workers here (it needs Node 20.16 or later, or a browser)");
  }
  if (import.meta.url.endsWith(".ts")) return new Worker(scriptBeside(import.meta.url), { type: "module" });
  // written out, for this is the form that bundlers look for
  return new Worker(new URL("./pool-worker.js", import.meta.url), { type: "module" });
}

/** The worker's script has the extension of this module, source or built. */
function scriptBeside(module: string): URL {
  return new URL(`./pool-worker${module.endsWith(".ts") ? ".ts" : ".js"}`, module);
}

/** Listens to a worker of either kind. */
export function adopt(worker: AnyWorker, events: PoolWorkerEvents): PoolWorker {
  return "addEventListener" in worker
    ? adoptBrowserWorker(worker as Worker, events)
    : adoptNodeWorker(worker as NodeWorker, events);
}

function adoptBrowserWorker(worker: Worker, events: PoolWorkerEvents): PoolWorker {
  worker.addEventListener("message", ({ data }: MessageEvent<PoolReply>) => events.reply(data));
  worker.addEventListener("messageerror", () => events.crash(new Error("its answer could not be read")));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    events.crash(new Error(event.message || "its script did not load"));
  });
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    terminate: async () => worker.terminate(),
    hold: () => undefined,
  };
}

function adoptNodeWorker(worker: NodeWorker, events: PoolWorkerEvents): PoolWorker {
  worker.on("message", (reply: PoolReply) => events.reply(reply));
  worker.on("messageerror", (error) => events.crash(error));
  worker.on("error", (error) => events.crash(error instanceof Error ? error : new Error(String(error))));
  worker.on("exit", (code) => events.crash(new Error(`it exited with code ${code}`)));
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    terminate: async () => void (await worker.terminate()),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
  };
}
