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
  let largest = 0;
  if (isPlain(end)) {
    for (let i = 0; i < size; i++) {
      const value = values[from + i] as number;
      if (value > largest) largest = value;
      out[at + i] = Math.sqrt(value) * scale;
    }
    return largest;
  }
  const factor = squared ? scale * scale : scale;
  for (let i = 0; i < size; i++) {
    const value = values[from + i] as number;
    if (value > largest) largest = value;
    const distance = (squared ? value : Math.sqrt(value)) * factor;
    out[at + i] = value === Infinity ? nothing : Math.min(distance, cap);
  }
  return largest;
}

/** Whether a result is a root and nothing else, which most callers want: choosing at each voxel doubles the time. */
export function isPlain({ squared, cap, nothing }: Finish): boolean {
  return !squared && cap === Infinity && nothing === Infinity;
}
