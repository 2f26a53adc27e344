import type { AnyWorker } from "../src/array.ts";

const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads");

/** What the pool tells of a mortal worker's end. */
export const DEATH = threads ? "it exited with code 3" : "Uncaught Error: worn out";

/** A worker that dies of its first job, in Node and in browsers. */
export function createMortalWorker(): AnyWorker {
  if (threads) {
    return new threads.Worker(`require("node:worker_threads").parentPort.on("message", () => process.exit(3))`, {
      eval: true,
    });
  }
  const script = new Blob([`onmessage = () => { throw new Error("worn out"); };`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(script));
}
