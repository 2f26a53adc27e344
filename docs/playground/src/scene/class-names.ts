import type { Channels } from "./scene.ts";

/** What the classes are called, background first. */
export function classNames(channels: Channels): string[] {
  return channels <= 2 ? ["background", "object"] : ["background", "class 1", "class 2", "class 3"].slice(0, channels);
}
