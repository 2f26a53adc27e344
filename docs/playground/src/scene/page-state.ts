import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Settings } from "../catalogue/settings.ts";
import { type PageState, readLink } from "./link.ts";
import type { MaskName, Scene } from "./scene.ts";

const read = readLink(location.hash);

/** Everything that a link holds. */
export const state = signal<PageState>(read.state);

/** What in the link could not be read. */
export const linkProblems = signal<readonly string[]>(read.problems);

/** Changes a part of the state. */
export function change(part: Partial<PageState>): void {
  state.value = { ...state.value, ...part };
}

/** The scene alone: it changes less often than the rest. */
export const scene = computed(() => state.value.scene);

/** Changes the scene without a memory of it. */
export function changeScene(part: Partial<Scene>): void {
  change({ scene: { ...state.value.scene, ...part } });
}

/** The scenes before each stroke, for undo. */
const past = signal<readonly Scene[]>([]);

/** Whether there is a stroke to take back. */
export const canUndo = computed(() => past.value.length > 0);

/** Remembers the scene as it is now, so that undo comes back to it. */
export function remember(): void {
  past.value = [...past.value.slice(-49), state.value.scene];
}

/** Takes the last stroke, upload or preset back. */
export function undo(): void {
  const before = past.value.at(-1);
  if (!before) return;
  past.value = past.value.slice(0, -1);
  change({ scene: before, channel: Math.min(state.value.channel, before.channels - 1) });
}

/** Puts a mask in the place of another. */
export function replaceMask(name: MaskName, mask: Uint8Array): void {
  remember();
  changeScene({ [name]: mask });
}

/** What was set of a loss. */
export function settingsOf(name: string): Settings {
  return state.value.settings[name] ?? {};
}

/** Keeps a link in the address of the page, soon after a change, and follows one that is pasted there. */
export function keepLink(fragment: ReadonlySignal<string>, follow: (fragment: string) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const next = fragment.value;
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, "", `#${next}`), 200);
  });
  addEventListener("hashchange", () => {
    const { state: given, problems } = readLink(location.hash);
    linkProblems.value = problems;
    state.value = given;
    follow(location.hash);
  });
}
