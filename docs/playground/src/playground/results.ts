import { computed, effect, signal } from "@preact/signals";
import type { BackendName } from "../compute/backend-names.ts";
import type { Refusals } from "../compute/backends.ts";
import { createComputer } from "../compute/computer.ts";
import type { Job, MapName, Outcome, Report, Shifts } from "../compute/protocol.ts";
import { scene, state } from "../scene/page-state.ts";
import { calls, chosenCall, predictions } from "./store.ts";

/** The values of the losses, as they come. */
export const values = signal<Readonly<Partial<Record<string, Outcome<number> & { readonly backend: BackendName }>>>>(
  {},
);

/** The gradient of the chosen loss, and of which loss it is. */
export const gradient = signal<{ readonly name: string; readonly outcome: Outcome<Float32Array> } | undefined>(
  undefined,
);

/** The maps of distances. */
export const maps = signal<Readonly<Partial<Record<MapName, Outcome<Float32Array>>>>>({});

/** The chosen loss of the prediction moved sideways. */
export const shifts = signal<{ readonly name: string; readonly outcome: Outcome<Shifts> } | undefined>(undefined);

/** Which backends this browser cannot run, and why; nothing before that is known. */
export const refused = signal<Refusals | undefined>(undefined);

/** The job that was sent last, the one that was finished last and how long it took, and what kept one from running. */
const sent = signal({ id: 0, at: 0 });
const finished = signal({ id: 0, milliseconds: 0 });
const failure = signal<{ readonly id: number; readonly error: string } | undefined>(undefined);

/** The name of a loss or a map that takes so long that somebody may wonder. */
const held = signal<string | undefined>(undefined);
let wonder: ReturnType<typeof setTimeout> | undefined;

/** What the worker is doing, in words. */
export const status = computed(() => {
  if (failure.value?.id === sent.value.id) return { kind: "failed" as const, error: failure.value.error };
  if (finished.value.id !== sent.value.id) return { kind: "busy" as const, with: held.value };
  return { kind: "done" as const, milliseconds: finished.value.milliseconds };
});

function hear(data: Report): void {
  clearTimeout(wonder);
  held.value = undefined;
  switch (data.kind) {
    case "begins":
      wonder = setTimeout(() => {
        held.value = data.name;
      }, 800);
      return;
    case "backends":
      refused.value = data.refusals;
      return;
    case "loss":
      values.value = { ...values.value, [data.name]: { ...data.outcome, backend: data.backend } };
      return;
    case "gradient":
      gradient.value = data;
      return;
    case "map":
      maps.value = { ...maps.value, [data.map]: data.outcome };
      return;
    case "shifts":
      shifts.value = data;
      return;
    case "done":
      finished.value = { id: data.job, milliseconds: performance.now() - sent.value.at };
      return;
    case "failed":
      failure.value = { id: data.job, error: data.error };
  }
}

const compute = createComputer(
  () => new Worker(new URL("../compute/worker.ts", import.meta.url), { type: "module" }),
  hear,
  (error) => {
    failure.value = { id: sent.value.id, error };
  },
);

/** What is to be computed now, but for its number. */
const wanted = computed((): Omit<Job, "id" | "late"> => {
  const { backend, mapped } = state.value;
  const { size, channels, truth, [mapped]: mask } = scene.value;
  return {
    backend,
    size,
    channels,
    labels: Int32Array.from(truth),
    predictions: predictions.value,
    chosen: chosenCall.value,
    losses: calls.value,
    mapped: Int32Array.from(mask),
  };
});

let isAsked = false;

// no more than one job a frame, however often a pointer moves
effect(() => {
  void state.value;
  if (isAsked) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    const id = sent.peek().id + 1;
    sent.value = { id, at: performance.now() };
    compute({ id, ...wanted.peek() });
  });
});
