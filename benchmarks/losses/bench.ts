// Forward and backward of every loss; of four of them also composed of tfjs's ops, tf.losses and PyTorch, in one run.
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-layers";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { dispose, enableProdMode, env, getBackend, setBackend } from "@tensorflow/tfjs-core";
import { chart } from "./chart.ts";
import { builtIn, composed } from "./composed.ts";
import { dots } from "./dots.ts";
import { type Contender, contender, measure, repeated } from "./measure.ts";
import { compared, floor, lossNames, ours, takes, takesFusedAlone } from "./ours.ts";
import { page } from "./page.ts";
import { makeProblem, type Problem, type Target } from "./problems.ts";
import type { Results, Row } from "./table.ts";
import { startTorch, type Torch } from "./torch.ts";

const { values: options } = parseArgs({
  options: {
    backends: { type: "string", default: "wasm,cpu" },
    shapes: {
      type: "string",
      default: "2x512x512x4,1x128x128x128x3,8x256x256x1,2x256x256x8,1x256x256x32,1x128x128x100",
    },
    targets: { type: "string", default: "one-hot,int32" },
    losses: { type: "string", default: lossNames.join(",") },
    contenders: { type: "string", default: "fused,portable,composed,tf.losses,torch,floor" },
    rounds: { type: "string", default: "9" },
    // keeps the rows of an earlier run that are not measured anew
    add: { type: "boolean", default: false },
  },
});
const resultsFile = new URL("../results/losses.json", import.meta.url);
const docs = new URL("../../docs/", import.meta.url);

enableProdMode();
// a profile would read every result back to look for what is no number
env().set("CHECK_COMPUTATION_FOR_ERRORS", false);
const wanted = options.contenders.split(",");
const torch = wanted.includes("torch") ? await startTorch() : undefined;
if (!torch) console.error("no Python with PyTorch here: the others run alone");

/** With this many classes it is looked at how ours grow, nothing else. */
const many = 8;

function contendersFor(loss: string, problem: Problem): Contender[] {
  const fused = contender("fused", ours(loss, problem, true), problem);
  if (problem.classes >= many || takesFusedAlone(loss, problem)) return [fused];
  const all: Contender[] = [fused];
  // on cpu it is what composed ops are: ops of tfjs, a hundred times slower, for an hour
  if (getBackend() !== "cpu") all.push(contender("portable", ours(loss, problem, false), problem));
  if (compared.includes(loss)) all.push(repeated("floor", floor(problem)));
  const ofOps = composed[loss]?.(problem);
  if (ofOps) all.push(contender("composed", ofOps, problem));
  const known = builtIn[loss]?.(problem);
  if (known) all.push(contender("tf.losses", known, problem));
  if (torch?.losses.includes(loss)) all.push(ofTorch(torch, loss));
  return all.filter(({ name }) => wanted.includes(name));
}

function ofTorch({ run }: Torch, loss: string): Contender {
  let found = Number.NaN;
  return {
    name: "torch",
    value: () => found,
    run: async () => {
      const { value, ms } = await run(loss);
      found = value;
      return ms;
    },
  };
}

const earlier =
  options.add && existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, "utf8")) as Results) : undefined;
const rows: Row[] = [...(earlier?.rows ?? [])];
const keep = (row: Row) => {
  const same = rows.findIndex((other) => keyOf(other) === keyOf(row));
  if (same < 0) rows.push(row);
  else rows[same] = { ...row, results: { ...leftOut(rows[same] as Row), ...row.results } };
};
// contenders that this run leaves out stay as an earlier one has measured them
const leftOut = ({ results }: Row) =>
  Object.fromEntries(Object.entries(results).filter(([name]) => !wanted.includes(name)));
const keyOf = ({ backend, shape, target, loss }: Row) => [backend, shape, target, loss].join(" ");

for (const backend of options.backends.split(",")) {
  if (!(await setBackend(backend))) throw new Error(`backend ${backend} could not be initialised`);
  for (const shape of options.shapes.split(",")) {
    for (const target of options.targets.split(",") as Target[]) {
      const problem = makeProblem(shape.split("x").map(Number), target);
      if (problem.classes < many) await torch?.load(problem.shape, target);
      for (const loss of options.losses.split(",")) {
        if (!takes(loss, problem) || (problem.classes >= many && !compared.includes(loss))) continue;
        const results = await measure(contendersFor(loss, problem), Number(options.rounds));
        keep({ backend, shape, target, loss, results });
        const times = Object.entries(results).map(([name, { median }]) => `${name} ${median.toFixed(1)}`);
        console.log(backend, shape, target, loss, times.join("  "));
        save();
      }
      dispose([problem.logits, problem.labels]);
    }
  }
}
torch?.end();

/** After every loss, so that a run that is stopped leaves what it has measured. */
function save(): void {
  const results: Results = {
    node: process.versions.node,
    torch: torch?.version ?? earlier?.torch,
    rounds: Number(options.rounds),
    rows,
  };
  writeFileSync(resultsFile, `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(new URL("benchmarks.md", docs), page(results));
  writeFileSync(new URL("benchmarks.svg", docs), chart(results));
  writeFileSync(new URL("benchmarks-pytorch.svg", docs), dots(results));
}
