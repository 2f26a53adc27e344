import { mostBytes } from "@lossary/test-kit/memory";
import { dispose, profile, type Tensor, tidy, valueAndGrad } from "@tensorflow/tfjs-core";
import type { Loss } from "./composed.ts";
import type { Problem } from "./problems.ts";

/** One way to compute a loss. */
export interface Contender {
  readonly name: string;
  /** Milliseconds of processor time of one forward and backward pass, which a busy machine changes least. */
  readonly run: () => Promise<number>;
  /** The loss, as the first run has found it; the floor has none. */
  readonly value?: () => number;
  /** Kernels that one pass launches and the most bytes that it holds beside its inputs, where they can be told. */
  readonly count?: (profiles: number) => Promise<Counted>;
}

/** What one pass launches and holds, and where its time goes. */
export interface Counted {
  readonly kernels: number;
  readonly bytes: number;
  /** Kernels by their names with the milliseconds that they take together, those that take longest first, few of them. */
  readonly parts: readonly Part[];
  /** Milliseconds of all other kernels together. */
  readonly others: number;
}

/** One kernel of a pass: how often it is launched, and the milliseconds of all its launches. */
export interface Part {
  readonly kernel: string;
  readonly launches: number;
  readonly ms: number;
}

/** Milliseconds of a measurement: the time of a thread is known to a few of them. */
const shortest = 60;

/** A loss of tfjs as a contender. */
export function contender(name: string, loss: Loss, { labels, logits }: Problem): Contender {
  let found: number | undefined;
  const timed = repeated(name, () => {
    const { value, grad } = tidy(() => valueAndGrad((x: Tensor) => loss(labels, x))(logits));
    found ??= value.dataSync()[0];
    dispose([value, grad]);
  });
  return { ...timed, value: () => found ?? Number.NaN };
}

/** A contender that runs a pass as often as it takes to be measured. */
export function repeated(name: string, pass: () => void): Contender {
  let repeats = 1;
  return {
    name,
    run: async () => {
      const began = performance.now();
      // of this thread alone: others collect what the pass before has left
      const start = process.threadCpuUsage();
      for (let turn = 0; turn < repeats; turn++) pass();
      const { user, system } = process.threadCpuUsage(start);
      const taken = repeats;
      repeats = Math.min(50, Math.max(1, Math.round((shortest * repeats) / (performance.now() - began))));
      return (user + system) / 1000 / taken;
    },
    count: async (profiles) => {
      const bytes = mostBytes(pass);
      const turns: Part[][] = [];
      for (let turn = 0; turn < profiles; turn++) turns.push(await partsOf(pass));
      const first = turns[0] as Part[];
      const all = first.map(({ kernel, launches }) => {
        const times = turns.map((parts) => parts.find((part) => part.kernel === kernel)?.ms ?? 0);
        return { kernel, launches, ms: median(times) };
      });
      const sorted = all.toSorted((a, b) => b.ms - a.ms);
      const others = sorted.slice(named).reduce((sum, { ms }) => sum + ms, 0);
      const kernels = all.reduce((sum, { launches }) => sum + launches, 0);
      return { kernels, bytes, parts: sorted.slice(0, named), others };
    },
  };
}

/** So many kernels of a profile are told by their names. */
const named = 5;

/** The kernels of one pass, each name once. */
async function partsOf(pass: () => void): Promise<Part[]> {
  const { kernels } = await profile(() => {
    pass();
    return [];
  });
  const parts = new Map<string, Part>();
  for (const { name, kernelTimeMs } of kernels) {
    const ms = Number(await kernelTimeMs);
    // a scope of several kernels is listed as one more, whose time is theirs
    if (name === "unnamed scope" || !Number.isFinite(ms)) continue;
    const { launches, ms: before } = parts.get(name) ?? { launches: 0, ms: 0 };
    parts.set(name, { kernel: name, launches: launches + 1, ms: before + ms });
  }
  return [...parts.values()];
}

/** What was measured of one contender. */
export interface Measured extends Partial<Counted> {
  readonly median: number;
}

/** Milliseconds of passes before the first that counts: engines compile what has run for a while once more, and better. */
const warmUp = 250;

/** Beyond this a pass is so slow that two of them must do, the first among them, and a profile of one. */
const slow = 600;

/** Beyond this the first one must do for everything. */
const verySlow = 6000;

/** Every contender once a round, in an order that changes, so that a busy minute falls on all of them. */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<Record<string, Measured>> {
  const times = new Map<string, number[]>();
  const results: Record<string, Measured> = {};
  for (const { name, run } of contenders) {
    const first = await run();
    times.set(name, first > slow ? [first] : []);
    const until = performance.now() + warmUp;
    while (first <= slow && performance.now() < until) await run();
  }
  compareValues(contenders);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const { name, run } = contenders[(turn + round) % contenders.length] as Contender;
      const list = times.get(name) as number[];
      if ((list[0] ?? 0) > (round > 0 ? slow : verySlow)) continue;
      globalThis.gc?.();
      list.push(await run());
    }
  }
  for (const { name, count } of contenders) {
    const time = median(times.get(name) as number[]);
    results[name] = { median: time, ...(count && time <= verySlow && (await count(time > slow ? 1 : 5))) };
  }
  return results;
}

/** What two contenders' losses may differ by: tfjs adds up in single precision, one after the other, and is 3e-3 off for a quarter of a million voxels. */
const tolerance = 1e-2;

/** Who computes something else is no measure of anything. */
function compareValues(contenders: readonly Contender[]): void {
  const known = contenders.flatMap(({ name, value }) => (value ? [{ name, value: value() }] : []));
  const own = known[0]?.value ?? 0;
  const others = known.filter(({ value }) => !(Math.abs(value - own) <= tolerance * Math.max(1e-3, Math.abs(own))));
  if (others.length === 0) return;
  console.error("these are not the same loss:", known.map(({ name, value }) => `${name} ${value}`).join(", "));
  process.exitCode = 1;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] as number;
}
