import { squaresOf, storeScalar } from "./lanes";
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
  rowOf,
  stride,
  width,
} from "./layout";

/** Fills the planes' paddings: nothing (infinitely high), or background (height 0). */
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
    }
  }
}

/** Squares of the steps along the slowest axis, as padded rows. */
export function liftSteps<T>(clip: f32): void {
  liftRows<T>(heights + rowOf(0, sizeof<T>()), stride * sizeof<T>(), clip);
  padRows<T>(heights);
}

/** Makes padding again of what vectors have written behind the rows of a plane. */
export function padRows<T>(to: usize): void {
  const high = hasLabels || !border;
  for (let y: usize = 0; y < height; y++) {
    const row = to + rowOf(<isize>y, sizeof<T>());
    for (let x = width; x < ((width + 15) & ~(<usize>15)); x++) storeScalar<T>(row + x * sizeof<T>(), high);
  }
}

/** The same as rows of whole vectors of eight. */
export function liftRows<T>(to: usize, step: usize, clip: f32): void {
  const clip16 = i16x8.splat(clip < 65535 ? <i16>(<u32>clip) : -1);
  const clip32 = f32x4.splat(clip);
  for (let y: usize = 0; y < height; y++) {
    const from = carry + y * width * 2;
    const row = to + y * step;
    for (let x: usize = 0; x < width; x += 8) {
      const count = v128.load(from + x * 2);
      const at = row + x * sizeof<T>();
      if (sizeof<T>() === 2) {
        v128.store(at, v128.min<u16>(squaresOf<T>(count, 0, depthWeight), clip16));
      } else {
        v128.store(at, v128.pmin<f32>(squaresOf<T>(count, 0, depthWeight), clip32));
        v128.store(at, v128.pmin<f32>(squaresOf<T>(count, 1, depthWeight), clip32), 16);
      }
    }
  }
}
