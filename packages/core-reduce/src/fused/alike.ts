import type { Rows } from "./selection.ts";

/** What counts as equal to the last of the largest values. */
export interface Alike {
  /** By which share of itself a value may be smaller. */
  readonly share: number;
  /** By how much it may be smaller beyond that. */
  readonly difference: number;
  /** What a value has to be above. */
  readonly least: number;
}

/** Turns the factors of the largest values into 1 where a value is as large as the last of them, 0 elsewhere. */
export function takeAlike({ rows, count, values, counted }: Rows, alike: Alike, factors: Float32Array): void {
  for (let first = 0; first < rows * count; first += count) {
    let last = Number.POSITIVE_INFINITY;
    for (let at = first; at < first + count; at++) {
      if ((factors[at] as number) > 0) last = Math.min(last, values[at] as number);
    }
    const edge = last * (1 - alike.share) - alike.difference;
    for (let at = first; at < first + count; at++) {
      const value = values[at] as number;
      const isAlike = value >= edge && value > alike.least && (counted === undefined || (counted[at] as number) > 0);
      factors[at] = isAlike ? 1 : 0;
    }
  }
}
