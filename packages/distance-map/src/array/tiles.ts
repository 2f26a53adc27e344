import type { Steps } from "./scan.ts";

/** Columns that are gathered together: a cache line of doubles. */
export const TILE = 8;

/** Whether no voxel of the columns [x, x + count) has found anything along the slowest axis. */
export function foundNothing(
  steps: Steps,
  x: number,
  count: number,
  height: number,
  width: number,
  far: number,
): boolean {
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < count; c++) if (steps[y * width + x + c] !== far) return false;
  }
  return true;
}

/** Columns [x, x + count) of a plane, each contiguous in `tile`. */
export function gather(
  plane: Float64Array,
  x: number,
  count: number,
  height: number,
  width: number,
  tile: Float64Array,
): void {
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < count; c++) tile[c * height + y] = plane[y * width + x + c] as number;
  }
}

/** The same of labels: one function for both would be slower for both. */
export function gatherLabels(
  plane: Int32Array,
  x: number,
  count: number,
  height: number,
  width: number,
  tile: Int32Array,
): void {
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < count; c++) tile[c * height + y] = plane[y * width + x + c] as number;
  }
}

export function scatter(
  tile: Float64Array,
  x: number,
  count: number,
  height: number,
  width: number,
  plane: Float64Array,
): void {
  for (let y = 0; y < height; y++) {
    for (let c = 0; c < count; c++) plane[y * width + x + c] = tile[c * height + y] as number;
  }
}
