import type { LossEntry } from "@lossary/catalogue";
import { computed, effect, signal } from "@preact/signals";
import { callOf } from "../catalogue/call.ts";
import { lossNamed } from "../catalogue/losses.ts";
import type { Refusals } from "../compute/backends.ts";
import { linkOf } from "../scene/link.ts";
import { keepLink, scene, settingsOf, state } from "../scene/page-state.ts";
import { paintableClasses } from "../scene/scene.ts";
import { learnLinkOf, readLearnLink } from "./link.ts";
import { noisyImage } from "./noisy-image.ts";
import type { Lesson, News, Order, Standing } from "./protocol.ts";

/** The weights and the noise are those of this number. */
const seed = 7;

/** As many points as a curve has at most; of more, every second one is dropped. */
const mostPoints = 400;

/** What is this page's own. */
export const learnState = signal(readLearnLink(location.hash));

/** The link to what is seen. */
export const fragment = computed(() => `${linkOf(state.value)}&${learnLinkOf(learnState.value)}`);

/** What the networks see. */
export const image = computed(() => {
  const { truth, size, channels } = scene.value;
  return noisyImage(truth, size, paintableClasses(channels), learnState.value.noise, seed);
});

/** The names of the two losses. */
export const names = computed((): readonly [string, string] => [state.value.loss, learnState.value.against]);

/** What is learnt now, but for its number. */
const wanted = computed((): Omit<Lesson, "id"> => {
  const { size, channels, truth } = scene.value;
  const call = (name: string) => callOf(lossNamed(name) as LossEntry, settingsOf(name), channels, "logits");
  return {
    backend: state.value.backend,
    size,
    channels,
    labels: Int32Array.from(truth),
    image: image.value,
    losses: [call(names.value[0]), call(names.value[1])],
    learningRate: learnState.value.learningRate,
    seed,
  };
});

/** A point of the curves. */
export interface Point {
  readonly step: number;
  readonly loss: readonly [number, number];
  readonly dice: readonly [number, number];
}

/** Whether training goes on by itself. */
export const isRunning = signal(false);

/** How both stand; nothing before the first answer. */
export const standing = signal<
  { readonly step: number; readonly sides: readonly [Standing, Standing]; readonly stepsPerSecond: number } | undefined
>(undefined);

/** How both stood. */
export const points = signal<readonly Point[]>([]);

/** Which backends this browser cannot run, and why; nothing before that is known. */
export const refused = signal<Refusals | undefined>(undefined);

/** What keeps the lesson from going on. */
export const failure = signal<string | undefined>(undefined);

const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
const send = (order: Order) => worker.postMessage(order);
let lesson = 0;

worker.onmessage = ({ data }: MessageEvent<News>) => {
  if (data.kind === "backends") refused.value = data.refusals;
  else if (data.lesson !== lesson) return;
  else if (data.kind === "failed") {
    failure.value = data.error;
    isRunning.value = false;
  } else {
    standing.value = data;
    const [a, b] = data.sides;
    const point: Point = { step: data.step, loss: [a.loss, b.loss], dice: [a.dice, b.dice] };
    points.value = thinned([...points.value, point]);
  }
};
worker.onerror = ({ message }) => {
  failure.value = message;
  isRunning.value = false;
};

function thinned(all: readonly Point[]): readonly Point[] {
  return all.length <= mostPoints ? all : all.filter((_, i) => i % 2 === 0 || i === all.length - 1);
}

/** Trains on, or stops. */
export function setRunning(isOn: boolean): void {
  isRunning.value = isOn;
  send({ kind: isOn ? "run" : "pause" });
}

/** One step of both. */
export function stepOnce(): void {
  isRunning.value = false;
  send({ kind: "pause" });
  send({ kind: "step" });
}

/** Both begin anew, with the same first weights. */
export function begin(): void {
  lesson++;
  failure.value = undefined;
  points.value = [];
  send({ kind: "begin", lesson: { id: lesson, ...wanted.peek() }, isRunning: isRunning.peek() });
}

let timer: ReturnType<typeof setTimeout> | undefined;

// what is learnt has changed: both begin anew, soon after the last stroke
effect(() => {
  void wanted.value;
  clearTimeout(timer);
  timer = setTimeout(begin, lesson === 0 ? 0 : 150);
});

keepLink(fragment, (given) => {
  learnState.value = readLearnLink(given);
});
