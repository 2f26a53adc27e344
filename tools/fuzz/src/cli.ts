import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import type { Failure, Plan, Tally } from "./fuzz.ts";

/** What is asked for on the command line. */
type Asked = Omit<Plan, "subjects"> & { readonly only?: string | undefined };

/** How long some calls in a row, each of which is done in tenths of a second, may take before they count as hanging, on a busy machine too. */
const secondsOfRow = 240;

if (isMainThread) process.exitCode = await watch(asked());
else await work(workerData as Asked);

function asked(): Asked {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      seed: { type: "string" },
      only: { type: "string" },
      path: { type: "string" },
      backend: { type: "string" },
    },
  });
  const { only, path, backend } = values;
  const seed = Number(values.seed ?? Date.now() % 2 ** 30);
  if (!Number.isSafeInteger(seed) || !(Number(values.seconds) >= 0))
    throw new Error("--seed and --seconds must be numbers");
  return { seconds: Number(values.seconds), seed, only, ...(path && { path }), ...(backend && { backend }) };
}

/** Runs the calls on a thread that can be ended, and waits no longer than calls may take. */
function watch(plan: Asked): Promise<number> {
  console.log(`fuzz: ${plan.seconds} s, seed ${plan.seed}`);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: plan });
    let last = "nothing yet";
    const give = (code: number) => {
      clearTimeout(timer);
      worker.terminate().then(() => resolve(code), reject);
    };
    const hangs = () => {
      console.log(`fuzz: FAILED: it hangs (more than ${secondsOfRow} s) at ${last}`);
      give(1);
    };
    let timer = setTimeout(hangs, 1000 * secondsOfRow);
    worker.on("error", reject);
    worker.on("message", (message: string | Tally) => {
      clearTimeout(timer);
      if (typeof message !== "string") return give(report(message) ? 0 : 1);
      last = message;
      timer = setTimeout(hangs, 1000 * secondsOfRow);
    });
  });
}

async function work({ only, ...plan }: Asked): Promise<void> {
  // what browsers and tfjs say of themselves is no result
  console.warn = () => {};
  const { fuzz } = await import("./fuzz.ts");
  const { subjects } = await import("./surface.ts");
  const { closePool } = await import("./subjects/arrays.ts");
  const chosen = subjects.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) throw new Error(`--only must be one of ${subjects.map(({ name }) => name).join(", ")}`);
  const tally = await fuzz({ ...plan, subjects: chosen }, (subject, backend, seed) =>
    parentPort?.postMessage(repeat({ subject, backend, seed })),
  );
  await closePool();
  parentPort?.postMessage(tally);
}

/** Prints what was found; whether nothing was wrong. */
function report({ counts, failures }: Tally): boolean {
  for (const failure of failures) {
    console.log(`\nfuzz: FAILED: ${failure.subject} on ${failure.backend}: ${failure.wrong}`);
    console.log(`  called with ${failure.call}\n  again: ${repeat(failure)} --path ${failure.path.slice(0, 200)}`);
  }
  const entries = Object.entries(counts);
  const total = (outcome: "accepted" | "refused") => entries.reduce((sum, [, count]) => sum + count[outcome], 0);
  // a subject of which nothing is ever accepted is not tested, however green it looks
  const idle = entries.filter(([, { accepted, refused }]) => accepted === 0 && refused > 100).map(([name]) => name);
  for (const name of idle) console.log(`fuzz: FAILED: every call of ${name} was refused`);
  const least = Math.min(...entries.map(([, { accepted, refused }]) => accepted + refused));
  console.log(
    `fuzz: ${entries.length} functions, at least ${least} calls of each: ${total("accepted")} finite, ${total("refused")} refused, ${failures.length} wrong`,
  );
  return failures.length === 0 && idle.length === 0;
}

function repeat({ subject, backend, seed }: Pick<Failure, "subject" | "backend" | "seed">): string {
  return `pnpm fuzz --only ${subject} --backend ${backend} --seed ${seed} --seconds 0`;
}
