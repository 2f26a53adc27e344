// tfjs-core alone registers no gradients; tfjs-layers does, as it does for those who train with it
import "@tensorflow/tfjs-layers";
import { ready, setBackend } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe } from "vitest";
import { efforts, expectNoDeviceError, watchDevice } from "#registered-backends";

/** How hard a backend is tested. */
export interface Effort {
  /** Whether it has fused kernels, which hide the portable ones unless these are tested once more. */
  readonly fused: boolean;
  /** Whether every corner is looked at with every set of a loss's options, and in several sizes. */
  readonly thorough: boolean;
  /** Generated calls a property. */
  readonly runs: number;
  /** Training steps after which nothing may be left in memory. */
  readonly steps: number;
}

/** The backends that suites run on here: others in a browser than in Node. */
export const backends: readonly string[] = Object.keys(efforts);

/** How hard a backend is tested here. */
export function effortOn(backend: string): Effort {
  const effort = efforts[backend];
  if (!effort) throw new Error(`effortOn: backend must be one of ${backends.join(", ")}, got ${backend}`);
  return effort;
}

/** The backends that have fused kernels. */
export const fusedBackends: readonly string[] = backends.filter((backend) => effortOn(backend).fused);

/** Runs a suite once on each backend, and fails if a backend cannot be had. */
export function onEachBackend(title: string, suite: (backend: string) => void, chosen = backends): void {
  describe.each([...chosen])(`${title} on %s`, (backend) => {
    beforeAll(() => useBackend(backend));
    afterEach(expectNoDeviceError);
    suite(backend);
  });
}

/** Makes a backend the current one; throws if it is not there, so that no suite runs on another in silence. */
export async function useBackend(backend: string): Promise<void> {
  if (!(await setBackend(backend))) throw new Error(`backend ${backend} could not be initialised`);
  await ready();
  watchDevice();
}
