import { createRequire } from "node:module";
import { createDistancePlan } from "@lossary/distance-map/array";
import type { PythonPeers } from "./python.ts";

/** One way to compute the distances of a case; returns the milliseconds of one array. */
export interface Contender {
  readonly name: string;
  run(): Promise<number>;
}

export interface Case {
  readonly shape: readonly number[];
  readonly spacing: readonly number[];
  readonly values: Uint8Array;
  /** Whether the values are labels, all to be done in one pass. */
  readonly labels: boolean;
}

export function ours({ shape, spacing, values, labels }: Case): Contender[] {
  const out = new Float32Array(values.length);
  return (["wasm", "typescript"] as const).map((backend) => {
    const plan = createDistancePlan(shape, { spacing, backend });
    return {
      name: backend,
      run: async () => timed(() => (labels ? plan.labels(values, out) : plan.run(values, out))),
    };
  });
}

/** The npm package of that name: no spacing, in place, distances to the nearest nonzero. */
export function scijs({ shape, values }: Case): Contender {
  const require = createRequire(import.meta.url);
  const transform = require("distance-transform") as (array: unknown) => void;
  const ndarray = require("ndarray") as (data: Float32Array, shape: readonly number[]) => unknown;
  const turned = Float32Array.from(values, (value) => (value ? 0 : 1));
  return {
    name: "distance-transform",
    async run() {
      return timed(() => transform(ndarray(turned.slice(), shape)));
    },
  };
}

export function pythons(peers: PythonPeers, { shape, spacing }: Case): Contender[] {
  const unit = spacing.every((step) => step === 1);
  return Object.keys(peers.versions)
    .filter((name) => name === "scipy" || (unit && shape.length === 2))
    .map((name) => ({
      name,
      run: async () => (await peers.ask({ run: name, ...(unit ? {} : { spacing }) })).ms ?? NaN,
    }));
}

/** Milliseconds of processor time for one call: what else runs on the machine counts little. Short calls repeat. */
function timed(compute: () => void): number {
  const begin = process.cpuUsage();
  for (let calls = 1; ; calls++) {
    compute();
    const { user, system } = process.cpuUsage(begin);
    if (user + system > 10_000) return (user + system) / 1000 / calls;
  }
}
