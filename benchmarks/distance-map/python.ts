import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** The Python process with its peers, or nothing where there is no Python with numpy. */
export interface PythonPeers {
  readonly versions: Record<string, string>;
  ask(request: object): Promise<{ ms?: number }>;
  end(): void;
}

/** Debian's Python first: its packages are the ones that anybody can have. */
const INTERPRETERS = ["/usr/bin/python3", "python3"];

export async function startPython(): Promise<PythonPeers | undefined> {
  const script = new URL("./peers.py", import.meta.url).pathname;
  for (const interpreter of INTERPRETERS) {
    const child = spawn(interpreter, [script], {
      stdio: ["pipe", "pipe", "ignore"],
      env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    });
    const peers = await greet(child);
    if (peers && "scipy" in peers.versions) return peers;
    child.kill();
  }
  return undefined;
}

async function greet(child: ChildProcess): Promise<PythonPeers | undefined> {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) return undefined;
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the Python process ended");
    return JSON.parse(value);
  };
  child.once("error", () => stdout.destroy());
  try {
    const versions = (await answer()) as Record<string, string>;
    return {
      versions,
      ask(request) {
        stdin.write(`${JSON.stringify(request)}\n`);
        return answer() as Promise<{ ms?: number }>;
      },
      end: () => void stdin.end(),
    };
  } catch {
    return undefined;
  }
}
