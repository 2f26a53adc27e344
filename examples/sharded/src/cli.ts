import { availableParallelism } from "node:os";
import { parseArgs, styleText } from "node:util";
import { showProgress } from "@lossary/example-demo/progress";
import { drawTable } from "@lossary/example-demo/table";
import { withAccident } from "./accident.ts";
import { useWasm } from "./backend.ts";
import { type OnStep, type Run, trainAlone, trainInShards } from "./train.ts";
import { openWorkers } from "./workers.ts";

const { values } = parseArgs({ options: { workers: { type: "string" }, steps: { type: "string", default: "20" } } });
const workers = count("workers", values.workers ?? String(Math.min(8, Math.max(2, availableParallelism() - 1))));
const steps = count("steps", values.steps);
const options = { steps, seed: 1, batch: 10, side: 64 };
const killedIn = Math.floor(steps / 2);

/** What is shown of a run. */
interface Row extends Run {
  readonly title: string;
  readonly redone: number;
}

await useWasm();
const alone = await shown("one process", async (onStep) => ({ ...(await trainAlone(options, onStep)), redone: 0 }));
const rows = [
  alone,
  await sharded(`${workers} processes, one Dice`, {}),
  await sharded(`${workers} processes, one killed in step ${killedIn}`, { isKilled: true }),
  await sharded(`${workers} processes, each its own Dice`, { statistics: "own" }),
];

/** The largest difference of a weight from that of the run in one process. */
const differs = ({ weights }: Run) =>
  weights.reduce((most, weight, index) => Math.max(most, Math.abs(weight - (alone.weights[index] as number))), 0);
const header = [`after ${steps} steps`, "loss", "weights differ by", "shards redone", "seconds"];
const cells = rows.map((row) => [
  row.title,
  (row.losses.at(-1) as number).toFixed(6),
  row === alone ? "–" : differs(row).toExponential(1),
  String(row.redone),
  row.seconds.toFixed(1),
]);
process.stdout.write(`\n${drawTable(header, cells)}\n`);
const wrong = rows.slice(0, 3).filter((row) => differs(row) > 1e-5);
for (const { title } of wrong)
  process.stderr.write(`${styleText("red", "error")}: ${title}: not what one process gives\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function sharded(title: string, kind: { isKilled?: boolean; statistics?: "own" }): Promise<Row> {
  const { isKilled = false, statistics = "global" } = kind;
  const pool = openWorkers(workers);
  try {
    return await shown(title, async (onStep) => {
      const used = isKilled ? withAccident(pool, killedIn) : pool;
      const run = await trainInShards(used, workers, options, { onStep, statistics });
      return { ...run, redone: pool.redone() };
    });
  } finally {
    await pool.close();
  }
}

async function shown(title: string, run: (onStep: OnStep) => Promise<Omit<Row, "title">>): Promise<Row> {
  const display = showProgress(title);
  const result = await run((progress) => display.update(progress));
  display.finish(`loss ${(result.losses.at(-1) as number).toFixed(4)}, ${result.seconds.toFixed(1)} s`);
  return { title, ...result };
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  process.stderr.write(`--${name} must be a whole number above 0 (got ${text})\n`);
  process.exit(2);
}
