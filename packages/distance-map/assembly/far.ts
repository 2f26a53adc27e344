import { lookAround } from "./bounds";
import { writeRow } from "./finish";
import {
  border,
  bounds,
  broad,
  carry,
  columnCosts,
  found,
  hasColumns,
  hasLabels,
  height,
  labelTile,
  loweredTile,
  ranks,
  rowCosts,
  tall,
  tile,
  values,
  width,
  widthStep,
} from "./layout";
import { runEnd } from "./lanes";
import { liftRows } from "./padding";
import { lowerRun } from "./runs";
import { lowerSparse } from "./sparse";

/** One plane whose distances are too large to be searched for step by step; its cost hardly depends on them. */
export function farPlane(output: usize, labels: usize, squared: bool, scale: f64, cap: f64, clip: f32): void {
  liftRows<f32>(values, broad * 4, clip);
  if (hasColumns) farColumns(labels);
  for (let y: usize = 0; y < height; y++) {
    const row = values + y * broad * 4;
    const farthest = lookAround(y);
    if (hasLabels || !lowerSparse<f32>(row, found, width, rowCosts, farthest, widthStep)) {
      lowerLine<f32>(row, found, labels + y * width * 2, width, rowCosts);
    }
    writeRow<f32>(found, output + y * width * 4, bounds + y * ranks * 4, squared, scale, cap);
  }
}

/** Sixteen columns at a time, a cache line of heights. */
function farColumns(labels: usize): void {
  for (let x: usize = 0; x < width; x += 16) {
    // nothing to find in these columns, and nothing to bound them
    if (!hasLabels && !border && nowhere(x)) continue;
    const count = min<usize>(16, width - x);
    for (let c: usize = 0; c < 16; c += 4) {
      for (let y: usize = 0; y < height; y += 4) {
        transpose(values + (y * broad + x + c) * 4, broad * 4, tile + (c * tall + y) * 4, tall * 4);
      }
    }
    for (let y: usize = 0; hasLabels && y < height; y++) {
      for (let c: usize = 0; c < count; c++) {
        store<u16>(labelTile + (c * tall + y) * 2, load<u16>(labels + (y * width + x + c) * 2));
      }
    }
    for (let c: usize = 0; c < count; c++) {
      const line = c * tall * 4;
      if (!hasLabels && lowerSparse<f32>(tile + line, loweredTile + line, height, columnCosts, Infinity, 0)) {
        continue;
      }
      lowerLine<f32>(tile + line, loweredTile + line, labelTile + c * tall * 2, height, columnCosts);
    }
    for (let c: usize = 0; c < 16; c += 4) {
      for (let y: usize = 0; y < height; y += 4) {
        transpose(loweredTile + (c * tall + y) * 4, tall * 4, values + (y * broad + x + c) * 4, broad * 4);
      }
    }
  }
}

/** Four by four. */
@inline
function transpose(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromStep);
  const c = v128.load(from + 2 * fromStep);
  const d = v128.load(from + 3 * fromStep);
  const ab = v128.shuffle<u32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<u32>(c, d, 0, 4, 1, 5);
  const ba = v128.shuffle<u32>(a, b, 2, 6, 3, 7);
  const dc = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<u64>(ab, cd, 0, 2));
  v128.store(to + toStep, v128.shuffle<u64>(ab, cd, 1, 3));
  v128.store(to + 2 * toStep, v128.shuffle<u64>(ba, dc, 0, 2));
  v128.store(to + 3 * toStep, v128.shuffle<u64>(ba, dc, 1, 3));
}

/** Whether no voxel of sixteen columns has found anything yet; columns behind the last may say no. */
function nowhere(x: usize): bool {
  const far = i16x8.splat(-1);
  let least = far;
  for (let y: usize = 0; y < height; y++) {
    const at = carry + (y * width + x) * 2;
    least = v128.min<u16>(least, v128.min<u16>(v128.load(at), v128.load(at, 16)));
  }
  return v128.all_true<i16>(v128.eq<i16>(least, far));
}

/** A line's lowered heights, written to `to`. Runs lie between zeros, or are those of equal labels. */
export function lowerLine<T>(line: usize, to: usize, labels: usize, length: usize, costs: usize): void {
  const bytes = sizeof<T>();
  const zero = i64x2.splat(0);
  let p: usize = 0;
  while (p < length) {
    let outside = border;
    let from = p;
    if (hasLabels) {
      // background itself sees no border
      if (load<u16>(labels + p * 2) === 0) outside = false;
      p = runEnd(labels, p, length);
    } else {
      while (p < length && load<T>(line + p * bytes) === 0) p++;
      for (; from < p; from += 16 / bytes) v128.store(to + from * bytes, zero);
      if (p === length) return;
      from = p;
      while (p < length && load<T>(line + p * bytes) !== 0) p++;
    }
    lowerRun<T>(line + from * bytes, to + from * bytes, p - from, outside || from > 0, outside || p < length, costs);
  }
}
