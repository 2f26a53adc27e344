import { type Envelope, transformRun } from "./envelope.ts";

/** Transforms the line `values[start, end)` in place; its runs lie between background voxels, whose height is 0. */
export function transformMaskLine(
  values: Float64Array,
  start: number,
  end: number,
  border: boolean,
  weight: number,
  limit: number,
  envelope: Envelope,
): void {
  let p = start;
  while (p < end) {
    while (p < end && values[p] === 0) p++;
    if (p === end) return;
    const from = p;
    while (p < end && values[p] !== 0) p++;
    transformRun(values, from, p, border || from > start, border || p < end, weight, limit, envelope);
  }
}

/** Transforms the line `values[start, end)` in place; its runs are those of equal labels. */
export function transformLabelLine(
  values: Float64Array,
  labels: Int32Array,
  start: number,
  end: number,
  border: boolean,
  weight: number,
  envelope: Envelope,
): void {
  let p = start;
  while (p < end) {
    const from = p;
    const label = labels[p];
    while (p < end && labels[p] === label) p++;
    // background itself sees no border
    const outside = border && label !== 0;
    transformRun(values, from, p, outside || from > start, outside || p < end, weight, Number.MAX_VALUE, envelope);
  }
}
