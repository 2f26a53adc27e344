import { signal } from "@preact/signals";
import { canUndo, undo } from "../scene/page-state.ts";

/** The brush. */
export const tool = signal({ diameter: 7, label: 1, isErasing: false });

/** What a key does while somebody paints. */
export function onToolKey(key: string): void {
  const { diameter, isErasing } = tool.value;
  if (key === "e") tool.value = { ...tool.value, isErasing: !isErasing };
  if (key === "[") tool.value = { ...tool.value, diameter: Math.max(1, diameter - 1) };
  if (key === "]") tool.value = { ...tool.value, diameter: Math.min(24, diameter + 1) };
  if (key === "z" && canUndo.value) undo();
}
