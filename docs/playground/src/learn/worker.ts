import { registerConvolutionGradients } from "@lossary/example-demo/convolution-gradients";
import type { BackendName } from "../compute/backend-names.ts";
import { refusals, useBackend } from "../compute/backends.ts";
import type { Lesson, News, Order } from "./protocol.ts";
import { Trainer } from "./trainer.ts";

/** The side of a worker that receives and posts. */
interface Port {
  postMessage(news: News): void;
  onmessage: ((event: MessageEvent<Order>) => void) | null;
}

/** How long training goes on before it is shown, in milliseconds: about every third frame. */
const untilShown = 50;

const port = globalThis as unknown as Port;
const channel = new MessageChannel();
channel.port1.start();

let begun: Lesson | undefined;
let isRunning = false;
let stepsAsked = 0;
let isBusy = false;
let current: BackendName | undefined;

port.onmessage = ({ data }) => {
  if (data.kind === "begin") begun = data.lesson;
  if (data.kind === "step") stepsAsked++;
  else isRunning = data.kind === "run" || (data.kind === "begin" && data.isRunning);
  if (!isBusy) void work();
};
void refusals().then((found) => port.postMessage({ kind: "backends", refusals: found }));

let trainer: Trainer | undefined;
let taught: Lesson | undefined;
let step = 0;

async function work(): Promise<void> {
  isBusy = true;
  while (begun !== taught || (trainer && (isRunning || stepsAsked > 0))) {
    const lesson = begun as Lesson;
    try {
      if (lesson !== taught) await begin(lesson);
      else await goOn(lesson.id);
    } catch (error) {
      isRunning = false;
      stepsAsked = 0;
      taught = lesson;
      port.postMessage({
        kind: "failed",
        lesson: lesson.id,
        error: error instanceof Error ? error.message : String(error),
      });
    }
    await orders();
  }
  isBusy = false;
}

async function begin(lesson: Lesson): Promise<void> {
  trainer?.dispose();
  trainer = undefined;
  taught = lesson;
  step = 0;
  stepsAsked = 0;
  if (current !== lesson.backend) {
    await useBackend(lesson.backend);
    // tfjs's wasm backend cannot train a convolution by itself
    if (lesson.backend === "wasm") registerConvolutionGradients();
    current = lesson.backend;
  }
  trainer = new Trainer(lesson);
  await show(lesson.id, 0);
}

/** Trains until it is time to show something, or as many steps as were asked for. */
async function goOn(id: number): Promise<void> {
  const began = performance.now();
  const first = step;
  do {
    await trainer?.step();
    step++;
    if (stepsAsked > 0) stepsAsked--;
  } while (isRunning && stepsAsked === 0 && performance.now() - began < untilShown);
  await show(id, (1000 * (step - first)) / (performance.now() - began));
}

async function show(id: number, stepsPerSecond: number): Promise<void> {
  const at = step;
  const sides = await (trainer as Trainer).standings();
  port.postMessage({ kind: "standing", lesson: id, step: at, sides, stepsPerSecond });
}

/** Lets messages in. */
function orders(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(undefined);
  });
}
