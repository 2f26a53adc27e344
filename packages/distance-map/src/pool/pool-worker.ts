import { type PoolReply, type PoolRequest, poolTasks } from "./tasks.ts";

/** The side of a worker that receives and posts, in Node and in browsers. */
interface Port {
  postMessage(message: PoolReply, transfer: ArrayBuffer[]): void;
}

function answer(port: Port, { id, task, voxels, shape, options, out }: PoolRequest): void {
  try {
    const compute = poolTasks()[task] as (...inputs: unknown[]) => Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
    const result = compute(voxels, shape, out ? { ...options, out } : options);
    port.postMessage({ id, result }, [result.buffer]);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    port.postMessage({ id, error: { name, message } }, []);
  }
}

const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads");
if (threads?.parentPort) {
  const port = threads.parentPort;
  port.on("message", (request: PoolRequest) => answer(port, request));
} else {
  const scope = globalThis as unknown as Port & { onmessage: ((event: MessageEvent<PoolRequest>) => void) | null };
  scope.onmessage = ({ data }) => answer(scope, data);
}
