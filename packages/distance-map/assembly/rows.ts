import { above, BUDGET, costOf, equal, infinite, least, loadLabels, plus } from "./lanes";
import {
  hasColumns,
  hasLabels,
  height,
  heights,
  lowered,
  padded,
  plane,
  rowOf,
  spill,
  width,
  widthWeight,
} from "./layout";

/** Lowers every row's heights and writes the results; false if the budget is spent or a u16 has saturated. */
export function lowerRows<T>(output: usize, squared: bool, scale: f64, cap: f64): bool {
  const vector = <isize>(16 / sizeof<T>());
  const bytes = <isize>sizeof<T>();
  const columns = <isize>width;
  const source = hasColumns ? lowered : heights;
  const scaled = scale !== 1;
  const factor = f64x2.splat(squared ? scale * scale : scale);
  const most = f32x4.splat(<f32>cap);
  const infinity = infinite<T>();
  let saturated = i64x2.splat(0);
  let budget = <isize>(BUDGET * height * ((width + 2 * vector - 1) / (2 * vector)));
  for (let y: usize = 0; y < height; y++) {
    const row = source + rowOf(<isize>y, sizeof<T>());
    const labels = padded + rowOf(<isize>y, 2);
    const to = output + y * width * 4;
    for (let x: isize = 0; x < columns; x += 2 * vector) {
      const at = row + x * bytes;
      const here = labels + x * 2;
      let best0 = v128.load(at);
      let best1 = v128.load(at, 16);
      const own0 = hasLabels ? loadLabels<T>(here) : infinity;
      const own1 = hasLabels ? loadLabels<T>(here + vector * 2) : infinity;
      let k: isize = 1;
      for (;;) {
        const cost = costOf<T>(<usize>k, widthWeight);
        if (!v128.any_true(v128.or(above<T>(best0, cost), above<T>(best1, cost)))) break;
        // the last lane to the left still reads a voxel, or the first padding
        const left = x + 2 * vector - k >= 0;
        const right = x + k <= columns;
        if (!left && !right) break;
        let near0 = infinity;
        let near1 = infinity;
        if (left) {
          near0 = v128.load(at - k * bytes);
          near1 = v128.load(at - k * bytes, 16);
          if (hasLabels) {
            near0 = v128.and(near0, equal<T>(own0, loadLabels<T>(here - k * 2)));
            near1 = v128.and(near1, equal<T>(own1, loadLabels<T>(here - k * 2 + vector * 2)));
          }
        }
        if (right) {
          let far0 = v128.load(at + k * bytes);
          let far1 = v128.load(at + k * bytes, 16);
          if (hasLabels) {
            far0 = v128.and(far0, equal<T>(own0, loadLabels<T>(here + k * 2)));
            far1 = v128.and(far1, equal<T>(own1, loadLabels<T>(here + k * 2 + vector * 2)));
          }
          near0 = least<T>(near0, far0);
          near1 = least<T>(near1, far1);
        }
        best0 = least<T>(best0, plus<T>(near0, cost));
        best1 = least<T>(best1, plus<T>(near1, cost));
        k++;
        if (sizeof<T>() === 2 && k > 255) break;
      }
      budget -= k;
      if (budget < 0) return false;
      const beyond = y * width + x + 2 * vector > plane;
      const out = beyond ? spill : to + x * 4;
      if (sizeof<T>() === 2) {
        // the lanes behind the row's end may be anything
        saturated = v128.or(saturated, v128.and(v128.eq<i16>(best0, infinity), inside(columns - x)));
        saturated = v128.or(saturated, v128.and(v128.eq<i16>(best1, infinity), inside(columns - x - 8)));
        write(out, v128.convert<u32>(v128.extend_low<u16>(best0)), squared, scaled, factor, most);
        write(out + 16, v128.convert<u32>(v128.extend_high<u16>(best0)), squared, scaled, factor, most);
        write(out + 32, v128.convert<u32>(v128.extend_low<u16>(best1)), squared, scaled, factor, most);
        write(out + 48, v128.convert<u32>(v128.extend_high<u16>(best1)), squared, scaled, factor, most);
      } else {
        write(out, best0, squared, scaled, factor, most);
        write(out + 16, best1, squared, scaled, factor, most);
      }
      if (beyond) memory.copy(to + x * 4, spill, min(columns - x, 2 * vector) * 4);
    }
  }
  return !v128.any_true(saturated);
}

/** Ones in the first `count` of eight u16 lanes. */
function inside(count: isize): v128 {
  return v128.gt<i16>(i16x8.splat(<i16>min<isize>(max<isize>(count, 0), 8)), i16x8(0, 1, 2, 3, 4, 5, 6, 7));
}

/** The only product here is by 1 unless `scaled`, whose rounding is left to doubles. */
function write(at: usize, square: v128, squared: bool, scaled: bool, factor: v128, most: v128): void {
  let distance = squared ? square : v128.sqrt<f32>(square);
  if (scaled) {
    const low = f64x2.promote_low_f32x4(square);
    const high = f64x2.promote_low_f32x4(v128.shuffle<u64>(square, square, 1, 1));
    const a = f32x4.demote_f64x2_zero(v128.mul<f64>(squared ? low : v128.sqrt<f64>(low), factor));
    const b = f32x4.demote_f64x2_zero(v128.mul<f64>(squared ? high : v128.sqrt<f64>(high), factor));
    distance = v128.shuffle<u64>(a, b, 0, 2);
  }
  v128.store(at, v128.pmin<f32>(distance, most));
}
