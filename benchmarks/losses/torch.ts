import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A Python process with PyTorch. */
export interface Torch {
  readonly version: string;
  /** The losses that it knows. */
  readonly losses: readonly string[];
  /** Sets the problem of all runs to come. */
  readonly load: (shape: readonly number[], target: string) => Promise<void>;
  /** The value of a loss, and milliseconds of processor time of one forward and backward pass. */
  readonly run: (loss: string) => Promise<{ value: number; ms: number }>;
  readonly end: () => void;
}

/** What a line of its output says. */
interface Answer {
  readonly torch?: string;
  readonly losses?: readonly string[];
  readonly value?: number;
  readonly ms?: number;
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
  const answer = async (): Promise<Answer> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the Python process ended");
    return JSON.parse(value);
  };
  const ask = (request: object) => {
    stdin.write(`${JSON.stringify(request)}\n`);
    return answer();
  };
  try {
    const { torch = "", losses = [] } = await answer();
    return {
      version: torch,
      losses,
      load: async (shape, target) => void (await ask({ shape, target })),
      run: async (loss) => {
        const { value = Number.NaN, ms = Number.NaN } = await ask({ loss });
        return { value, ms };
      },
      end: () => void stdin.end(),
    };
  } catch {
    return undefined;
  }
}
