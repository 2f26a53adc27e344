import { storeScalar } from "./lanes";
import {
  border,
  carry,
  depthWeight,
  hasColumns,
  hasLabels,
  height,
  heights,
  lowered,
  PAD,
  padded,
  rowOf,
  stride,
  width,
} from "./layout";

/** Fills the planes' paddings: nothing (infinitely high), or background (height 0), which labels tell by label 0. */
export function preparePads<T>(): void {
  const high = hasLabels || !border;
  for (let y: isize = -1; y <= <isize>height; y++) {
    const row = rowOf(y, sizeof<T>());
    const outside = y < 0 || y === <isize>height;
    const from: isize = -(<isize>PAD);
    const to: isize = <isize>(stride - PAD);
    for (let x = from; x < to; x++) {
      if (!outside && x >= 0 && x < <isize>width) continue;
      storeScalar<T>(heights + row + x * sizeof<T>(), high);
      if (hasColumns) storeScalar<T>(lowered + row + x * sizeof<T>(), high);
      if (hasLabels) store<u16>(padded + rowOf(y, 2) + x * 2, 0);
    }
  }
}

/** Squares of the steps along the slowest axis, as padded rows. */
export function liftSteps<T>(clip: f32): void {
  const high = hasLabels || !border;
  liftRows<T>(heights + rowOf(0, sizeof<T>()), stride * sizeof<T>(), clip);
  for (let y: usize = 0; y < height; y++) {
    const row = heights + rowOf(<isize>y, sizeof<T>());
    for (let x = width; x < ((width + 15) & ~(<usize>15)); x++) storeScalar<T>(row + x * sizeof<T>(), high);
  }
}

/** The same as rows of whole vectors of eight. */
export function liftRows<T>(to: usize, step: usize, clip: f32): void {
  const lanes: usize = 8;
  const far = i16x8.splat(-1);
  const root = i16x8.splat(255);
  const clip16 = i16x8.splat(clip < 65535 ? <i16>(<u32>clip) : -1);
  const clip32 = f32x4.splat(clip);
  const weight = f32x4.splat(<f32>depthWeight);
  const infinity = f32x4.splat(<f32>Infinity);
  for (let y: usize = 0; y < height; y++) {
    const from = carry + y * width * 2;
    const row = to + y * step;
    for (let x: usize = 0; x < width; x += lanes) {
      const count = v128.load(from + x * 2);
      if (sizeof<T>() === 2) {
        const square = v128.or(v128.mul<i16>(count, count), v128.gt<u16>(count, root));
        v128.store(row + x * 2, v128.min<u16>(square, clip16));
      } else {
        const none = v128.eq<i16>(count, far);
        const low = v128.convert<u32>(v128.extend_low<u16>(count));
        const high = v128.convert<u32>(v128.extend_high<u16>(count));
        const a = v128.mul<f32>(v128.mul<f32>(low, low), weight);
        const b = v128.mul<f32>(v128.mul<f32>(high, high), weight);
        v128.store(row + x * 4, v128.pmin<f32>(v128.bitselect(infinity, a, v128.extend_low<i16>(none)), clip32));
        v128.store(row + x * 4, v128.pmin<f32>(v128.bitselect(infinity, b, v128.extend_high<i16>(none)), clip32), 16);
      }
    }
  }
}

/** Padded copies of a plane's labels. Without a border the outside repeats the label at the end: no other label. */
export function padLabels(labels: usize): void {
  for (let y: usize = 0; y < height; y++) {
    const row = padded + rowOf(<isize>y, 2);
    const from = labels + y * width * 2;
    memory.copy(row, from, width * 2);
    if (border) continue;
    const first = load<u16>(from);
    const last = load<u16>(from + (width - 1) * 2);
    for (let x: usize = 0; x < PAD; x++) store<u16>(row - (x + 1) * 2, first);
    for (let x = width; x < stride - PAD; x++) store<u16>(row + x * 2, last);
  }
  if (border) return;
  memory.copy(padded, padded + stride * 2, stride * 2);
  memory.copy(padded + (height + 1) * stride * 2, padded + height * stride * 2, stride * 2);
}
