import { dispose, engine, profile, type Tensor, tidy, valueAndGrad } from "@tensorflow/tfjs-core";
import type { Loss } from "./composed.ts";
import type { Problem } from "./problems.ts";

/** One way to compute a loss. */
export interface Contender {
  readonly name: string;
  /** Milliseconds of one forward and backward pass. */
  readonly run: () => Promise<number>;
  /** Kernels that one pass launches and the most bytes that it holds beside its inputs, where they can be told. */
  readonly count?: () => Promise<{ kernels: number; bytes: number }>;
}

/** A loss of tfjs as a contender. */
export function contender(name: string, loss: Loss, { labels, logits }: Problem): Contender {
  const pass = () => {
    const { value, grad } = tidy(() => valueAndGrad((x: Tensor) => loss(labels, x))(logits));
    dispose([value, grad]);
  };
  return {
    name,
    run: async () => {
      const start = performance.now();
      pass();
      return performance.now() - start;
    },
    count: async () => {
      const bytes = mostBytes(pass);
      const { kernels } = await profile(() => {
        pass();
        return [];
      });
      return { kernels: kernels.length, bytes };
    },
  };
}

/** The most bytes that a pass holds beside its inputs. tfjs counts views as if they were copies, so the backend's own buffers are counted. */
function mostBytes(pass: () => void): number {
  const backend = engine().backend;
  const held = new WeakMap<object, number>();
  const [write, disposeData] = [backend.write.bind(backend), backend.disposeData.bind(backend)];
  let [now, most] = [0, 0];
  backend.write = (values, shape, dtype) => {
    const data = write(values, shape, dtype);
    const bytes = shape.reduce((product, side) => product * side, dtype === "bool" ? 1 : 4);
    held.set(data, bytes);
    now += bytes;
    most = Math.max(most, now);
    return data;
  };
  backend.disposeData = (data, force) => {
    const isFree = disposeData(data, force);
    if (isFree) now -= held.get(data) ?? 0;
    return isFree;
  };
  pass();
  Object.assign(backend, { write, disposeData });
  return most;
}

/** What was measured of one contender. */
export interface Measured {
  readonly median: number;
  readonly least: number;
  readonly kernels?: number;
  readonly bytes?: number;
}

/** Beyond this a pass is so slow that two of them must do. */
const slow = 600;

/** Every contender once a round, in an order that changes, so that a busy minute falls on all of them. */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<Record<string, Measured>> {
  const times = new Map<string, number[]>();
  const results: Record<string, Measured> = {};
  for (const { name, run } of contenders) {
    const first = await run();
    times.set(name, first > slow ? [first] : []);
    if (first <= slow) await run();
  }
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const { name, run } = contenders[(turn + round) % contenders.length] as Contender;
      const list = times.get(name) as number[];
      if ((list[0] ?? 0) > slow && round > 0) continue;
      globalThis.gc?.();
      list.push(await run());
    }
  }
  for (const { name, count } of contenders) {
    const sorted = (times.get(name) as number[]).toSorted((a, b) => a - b);
    const median = sorted[Math.floor((sorted.length - 1) / 2)] as number;
    results[name] = { median, least: sorted[0] as number, ...(count && (await count())) };
  }
  return results;
}
