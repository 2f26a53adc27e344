import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { resolve } from "node:path";
import { enableProdMode, setBackend } from "@tensorflow/tfjs-core";
import { registerConvolutionGradients } from "./convolution-gradients.ts";
import { evaluate, surfaceDistances } from "./evaluate.ts";
import { chooseLosses, libraryLosses, type SegmentationLoss } from "./losses.ts";
import type { DemoOptions } from "./options.ts";
import { phantomDataset } from "./phantom.ts";
import { showProgress } from "./progress.ts";
import { readFolder } from "./read-folder.ts";
import { writeReport } from "./report/report.ts";
import { checkWritable, saveReport } from "./report/save.ts";
import { partnerNote, type Result, resultsTable } from "./results.ts";
import type { Dataset } from "./sample.ts";
import { figure } from "./table.ts";
import { type Progress, type TrainingOptions, train } from "./train.ts";
import { sideMultiple, unet } from "./unet.ts";

/** Trains with each loss in turn, prints the comparison and writes the report, also if `signal` ends it early. */
export async function runDemo(options: DemoOptions, signal: AbortSignal, stream = process.stdout): Promise<Result[]> {
  const say = (text: string) => stream.write(`${text}\n`);
  const losses = chooseLosses(options.loss, await libraryLosses());
  const out = resolve(options.out);
  checkWritable(out);
  const dataset = options.data === undefined ? phantomDataset(options.seed) : readFolder(options.data);
  const training = trainingOptions(options, dataset);
  await useBackend(options.backend);
  say(`${dataset.title}: ${dataset.description}`);
  say(`Classes: ${dataset.classNames.join(", ")}. ${describe(training, options)}\n`);

  const results: Result[] = [];
  const widest = Math.max(...[...losses.keys()].map((name) => name.length));
  for (const [name, loss] of losses) {
    if (signal.aborted) break;
    const display = showProgress(name.padEnd(widest), stream);
    const result = await runLoss(name, loss, dataset, training, (progress) => display.update(progress), signal);
    const { evaluation, training: done } = result;
    const words = done.ended ? `${done.ended} after ${done.stepsDone} steps` : "done";
    display.finish(`${words}: Dice ${figure(evaluation.meanDice, 4)}, IoU ${figure(evaluation.meanIou, 4)}`);
    results.push(result);
  }
  if (results.length === 0) {
    say("Stopped before the first loss: there is nothing to report.");
    return results;
  }
  say(`\n${resultsTable(results, dataset)}\n`);
  const note = partnerNote(results);
  if (note) say(`${note}\n`);
  saveReport(out, writeReport(results, dataset, describe(training, options)));
  say(`Report: ${out}`);
  return results;
}

async function runLoss(
  name: string,
  loss: SegmentationLoss,
  dataset: Dataset,
  options: TrainingOptions,
  onStep: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Result> {
  const classes = dataset.classNames.length;
  const model = unet(dataset.channels, classes, options.seed);
  const training = await train(model, dataset, loss, options, onStep, signal);
  const evaluation = await evaluate(model, dataset);
  model.dispose();
  return { loss: name, training, evaluation, hausdorff: surfaceDistances(evaluation, classes) };
}

/** Patches of 64 pixels, or as large as the smallest image allows; four of them in a step, 50 steps in an epoch. */
function trainingOptions({ epochs, seed }: DemoOptions, { train, validation }: Dataset): TrainingOptions {
  const shortest = Math.min(...[...train, ...validation].flatMap(({ height, width }) => [height, width]));
  const fitting = Math.floor(shortest / sideMultiple) * sideMultiple;
  const patch = Math.min(64, Math.max(2 * sideMultiple, fitting));
  return { epochs, seed, patch, batch: 4, stepsPerEpoch: 50, learningRate: 2e-2 };
}

function describe({ epochs, stepsPerEpoch, batch, patch }: TrainingOptions, { backend, seed }: DemoOptions): string {
  const steps = epochs * stepsPerEpoch;
  return `${epochs} ${epochs === 1 ? "epoch" : "epochs"}, ${steps} steps of ${batch} patches of ${patch} x ${patch} pixels, seed ${seed}, tfjs on ${backend}, Node ${process.versions.node}.`;
}

async function useBackend(name: DemoOptions["backend"]): Promise<void> {
  enableProdMode();
  await setBackend(name);
  if (name === "wasm") registerConvolutionGradients(name);
}
