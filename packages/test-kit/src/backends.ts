import { ready, setBackend } from "@tensorflow/tfjs-core";
import { beforeAll, describe } from "vitest";
import { addToBeClose } from "./to-be-close.ts";

/** How hard a backend is tested, and what it needs. */
export interface Effort {
  /** Whether it has fused kernels of the reductions, which hide the portable ones unless these are tested once more.
   * @defaultValue `false` */
  readonly fused?: boolean;
  /** Whether every corner is looked at with every set of a loss's options, and in several sizes.
   * @defaultValue `true` */
  readonly thorough?: boolean;
  /** Generated calls a property.
   * @defaultValue `80` */
  readonly runs?: number;
  /** Training steps after which nothing may be left in memory.
   * @defaultValue `100` */
  readonly steps?: number;
  /** Called whenever the backend has become the current one, for instance to watch a device that tells of its errors by events.
   * @defaultValue nothing */
  readonly onUse?: () => void;
}

let chosen: Readonly<Record<string, Effort>> = {};

/**
 * Says which backends suites run on, each by the name under which it is registered with tfjs, and adds the matcher `toBeClose`. A setup file of
 * vitest (`test.setupFiles`) imports the backends and calls this.
 *
 * @param efforts - how hard each backend is tested; `{}` is as hard as can be
 * @throws Error where there is no backend
 *
 * @example
 * ```javascript
 * import "@tensorflow/tfjs-backend-cpu";
 * import "@tensorflow/tfjs-backend-wasm";
 * import { testOn } from "@lossary/test-kit";
 *
 * testOn({ cpu: { fused: true }, wasm: { fused: true, runs: 20 } });
 * ```
 */
export function testOn(efforts: Readonly<Record<string, Effort>>): void {
  if (Object.keys(efforts).length === 0) throw new Error("testOn: efforts must name at least one backend (got {})");
  chosen = efforts;
  addToBeClose();
}

/** The backends that suites run on, by name; throws where `testOn` has not said any. */
export function backends(): readonly string[] {
  const names = Object.keys(chosen);
  if (names.length === 0)
    throw new Error("backends: there are none; call testOn in a setup file of vitest (test.setupFiles)");
  return names;
}

/** How hard a backend is tested; throws for one that `testOn` does not know. */
export function effortOn(backend: string): Required<Effort> {
  const effort = chosen[backend];
  if (!effort) throw new Error(`effortOn: backend must be one of ${backends().join(", ")} (got ${backend})`);
  return { fused: false, thorough: true, runs: 80, steps: 100, onUse: () => {}, ...effort };
}

/** The backends that have fused kernels. */
export function fusedBackends(): readonly string[] {
  return backends().filter((backend) => effortOn(backend).fused);
}

/**
 * Runs a suite once on each backend, and fails if a backend cannot be had.
 *
 * @param title - what the suite is about; the name of the backend is added
 * @param suite - declares tests, given the name of the backend
 * @param on - the backends; all of `testOn` where it is left out
 */
export function onEachBackend(title: string, suite: (backend: string) => void, on = backends()): void {
  describe.each([...on])(`${title} on %s`, (backend) => {
    beforeAll(() => useBackend(backend));
    suite(backend);
  });
}

/** Makes a backend the current one; throws if it is not there, so that no suite runs on another in silence. */
export async function useBackend(backend: string): Promise<void> {
  if (!(await setBackend(backend))) throw new Error(`backend ${backend} could not be initialised`);
  await ready();
  chosen[backend]?.onUse?.();
}
