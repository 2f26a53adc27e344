import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A Python process with PyTorch. */
export interface Torch {
  readonly version: string;
  /** Sets the problem of all runs to come. */
  readonly load: (shape: readonly number[], target: string) => Promise<void>;
  /** Milliseconds of processor time of one forward and backward pass. */
  readonly run: (loss: string) => Promise<number>;
  readonly end: () => void;
}

/** Starts Debian's Python with PyTorch on one thread; nothing where there is none. */
export async function startTorch(): Promise<Torch | undefined> {
  const script = new URL("./peers.py", import.meta.url).pathname;
  const env = { ...process.env, OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  const child: ChildProcess = spawn("/usr/bin/python3", [script], { stdio: ["pipe", "pipe", "ignore"], env });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) return undefined;
  child.once("error", () => stdout.destroy());
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<{ torch?: string; ms?: number }> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the Python process ended");
    return JSON.parse(value);
  };
  const ask = (request: object) => {
    stdin.write(`${JSON.stringify(request)}\n`);
    return answer();
  };
  try {
    const { torch = "" } = await answer();
    return {
      version: torch,
      load: async (shape, target) => void (await ask({ shape, target })),
      run: async (loss) => (await ask({ loss })).ms ?? Number.NaN,
      end: () => void stdin.end(),
    };
  } catch {
    return undefined;
  }
}
