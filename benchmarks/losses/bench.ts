// Forward and backward of the losses: fused, portable, composed of tfjs's ops, tf.losses and PyTorch, in one run.
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-layers";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { crossEntropyLoss, focalLoss } from "@lossary/losses-distribution";
import { diceLoss, tverskyLoss } from "@lossary/losses-region";
import { dispose, enableProdMode, setBackend, type Tensor } from "@tensorflow/tfjs-core";
import { builtIn, composed, type Loss } from "./composed.ts";
import { type Contender, contender, measure } from "./measure.ts";
import { makeProblem, type Problem, type Target } from "./problems.ts";
import { markdown, type Row } from "./table.ts";
import { startTorch } from "./torch.ts";

const { values: options } = parseArgs({
  options: {
    backends: { type: "string", default: "wasm,cpu" },
    shapes: { type: "string", default: "2x512x512x4,1x128x128x128x3,8x256x256x1" },
    targets: { type: "string", default: "one-hot,int32" },
    losses: { type: "string", default: "dice,tversky,cross entropy,focal" },
    contenders: { type: "string", default: "fused,portable,composed,tf.losses,torch" },
    rounds: { type: "string", default: "9" },
    out: { type: "string", default: "results/losses" },
  },
});

enableProdMode();
const wanted = options.contenders.split(",");
const torch = wanted.includes("torch") ? await startTorch() : undefined;
if (!torch) console.error("no Python with PyTorch here: the others run alone");

/** Ours, as one calls them on logits. */
function ours(name: string, { classes }: Problem, fused: boolean): Loss {
  const activation = classes === 1 ? "sigmoid" : "softmax";
  const shared = { activation, fused } as const;
  const losses: Record<string, Loss> = {
    dice: (labels: Tensor, logits: Tensor) => diceLoss(labels, logits, shared),
    tversky: (labels: Tensor, logits: Tensor) => tverskyLoss(labels, logits, shared),
    "cross entropy": (labels: Tensor, logits: Tensor) => crossEntropyLoss(labels, logits, shared),
    focal: (labels: Tensor, logits: Tensor) => focalLoss(labels, logits, shared),
  };
  return losses[name] as Loss;
}

function contendersFor(loss: string, problem: Problem): Contender[] {
  const all: Contender[] = [
    contender("fused", ours(loss, problem, true), problem),
    contender("portable", ours(loss, problem, false), problem),
    contender("composed", (composed[loss] as (problem: Problem) => Loss)(problem), problem),
  ];
  const known = builtIn[loss];
  if (known) all.push(contender("tf.losses", known(problem), problem));
  if (torch) all.push({ name: "torch", run: () => torch.run(loss) });
  return all.filter(({ name }) => wanted.includes(name));
}

const rows: Row[] = [];
for (const backend of options.backends.split(",")) {
  if (!(await setBackend(backend))) throw new Error(`backend ${backend} could not be initialised`);
  for (const shape of options.shapes.split(",")) {
    for (const target of options.targets.split(",") as Target[]) {
      const problem = makeProblem(shape.split("x").map(Number), target);
      await torch?.load(problem.shape, target);
      for (const loss of options.losses.split(",")) {
        const row = { backend, shape, target, loss };
        rows.push({ ...row, results: await measure(contendersFor(loss, problem), Number(options.rounds)) });
        const { results } = rows.at(-1) as Row;
        const times = Object.entries(results).map(([name, { median }]) => `${name} ${median.toFixed(1)}`);
        console.log(backend, shape, target, loss, times.join("  "));
      }
      dispose([problem.logits, problem.labels]);
    }
  }
}
torch?.end();

const note = `Forward and backward, medians of ${options.rounds} interleaved rounds (of 2 where one pass takes longer than 0.6 s), Node ${process.versions.node}, PyTorch ${torch?.version ?? "not there"}, one thread each. The ratios are those of the fastest passes.\n\n`;
writeFileSync(
  `${options.out}.json`,
  `${JSON.stringify({ node: process.versions.node, torch: torch?.version, rows }, undefined, 1)}\n`,
);
writeFileSync(`${options.out}.md`, `# Losses\n\n${note}${markdown(rows)}`);
console.log(markdown(rows));
