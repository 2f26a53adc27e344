import type { Finish } from "./options.ts";

/** Squared distances in steps to the result; returns the largest square. */
export function finish(
  values: Float64Array,
  from: number,
  out: Float32Array,
  at: number,
  size: number,
  scale: number,
  end: Finish,
): number {
  const { squared, cap, nothing } = end;
  const factor = squared ? scale * scale : scale;
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const value = values[from + i] as number;
    if (value > largest) largest = value;
    const distance = (squared ? value : Math.sqrt(value)) * factor;
    out[at + i] = value === Infinity ? nothing : Math.min(distance, cap);
  }
  return largest;
}
