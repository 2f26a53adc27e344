import { type Envelope, transformRun } from "./envelope.ts";

/** A line whose runs are shorter than this on average is searched as a whole: runs of noise are not worth their cost. */
const NOISE = 6;

/** Transforms the line `values[start, end)` in place; its runs lie between background voxels, whose height is 0. */
export function transformMaskLine(
  values: Float64Array,
  start: number,
  end: number,
  border: boolean,
  weight: number,
  envelope: Envelope,
): void {
  let inside = 0;
  let runs = 0;
  let before = 0;
  for (let i = start; i < end; i++) {
    const here = values[i] === 0 ? 0 : 1;
    inside += here;
    runs += here & ~before;
    before = here;
  }
  if (inside === 0) return;
  if (inside < NOISE * runs) {
    searchLine(values, start, end, border, weight, envelope.height);
    return;
  }
  let p = start;
  while (p < end) {
    while (p < end && values[p] === 0) p++;
    if (p === end) return;
    const from = p;
    while (p < end && values[p] !== 0) p++;
    transformRun(values, from, p, border || from > start, border || p < end, weight, envelope);
  }
}

/** Looks k steps to both sides of every voxel while k steps alone cost less than the best so far; zeros end it. */
function searchLine(
  values: Float64Array,
  start: number,
  end: number,
  border: boolean,
  weight: number,
  heights: Float64Array,
): void {
  const length = end - start;
  heights[0] = heights[length + 1] = border ? 0 : Infinity;
  for (let i = 0; i < length; i++) heights[i + 1] = values[start + i] as number;
  for (let i = 1; i <= length; i++) {
    let best = heights[i] as number;
    if (best <= weight) continue;
    const left = (heights[i - 1] as number) + weight;
    const right = (heights[i + 1] as number) + weight;
    if (left < best) best = left;
    if (right < best) best = right;
    for (let k = 2; k <= length; k++) {
      const cost = weight * k * k;
      if (cost >= best) break;
      const before = i >= k ? (heights[i - k] as number) + cost : Infinity;
      const after = i + k <= length + 1 ? (heights[i + k] as number) + cost : Infinity;
      if (before < best) best = before;
      if (after < best) best = after;
    }
    values[start + i - 1] = best;
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
    transformRun(values, from, p, outside || from > start, outside || p < end, weight, envelope);
  }
}
