import { spill, width } from "./layout";

/**
 * Writes the results of a row of squares, and the largest distance of each of its blocks, in steps, to `bound`; false
 * if a u16 has saturated, which may be anything.
 */
export function writeRow<T>(from: usize, to: usize, bound: usize, squared: bool, scale: f64, cap: f64): bool {
  const factor = f64x2.splat(squared ? scale * scale : scale);
  const scaled = scale !== 1;
  const most = f32x4.splat(<f32>cap);
  let largest = f32x4.splat(0);
  let x: usize = 0;
  for (; x + 16 <= width; x += 16) {
    const a = squares<T>(from, x);
    const b = squares<T>(from, x + 4);
    const c = squares<T>(from, x + 8);
    const d = squares<T>(from, x + 12);
    const at = to + x * 4;
    v128.store(at, distances(a, squared, scaled, factor, most));
    v128.store(at, distances(b, squared, scaled, factor, most), 16);
    v128.store(at, distances(c, squared, scaled, factor, most), 32);
    v128.store(at, distances(d, squared, scaled, factor, most), 48);
    const highest = v128.pmax<f32>(v128.pmax<f32>(a, b), v128.pmax<f32>(c, d));
    largest = v128.pmax<f32>(largest, highest);
    storeBound(bound + (x >> 2), highest);
  }
  if (x < width) {
    const block = x;
    let highest = f32x4.splat(0);
    for (; x < width; x += 4) {
      const rest = i32x4.splat(<i32>(width - x));
      const square = v128.and(squares<T>(from, x), v128.gt<i32>(rest, i32x4(0, 1, 2, 3)));
      highest = v128.pmax<f32>(highest, square);
      // the row behind may be finished already
      v128.store(spill, distances(square, squared, scaled, factor, most));
      memory.copy(to + x * 4, spill, min<usize>(width - x, 4) * 4);
    }
    largest = v128.pmax<f32>(largest, highest);
    storeBound(bound + (block >> 2), highest);
  }
  return sizeof<T>() === 4 || !v128.any_true(v128.ge<f32>(largest, f32x4.splat(65535)));
}

/** The root of the largest lane. */
@inline
function storeBound(at: usize, lanes: v128): void {
  const pairs = v128.pmax<f32>(lanes, v128.shuffle<u64>(lanes, lanes, 1, 0));
  const all = v128.pmax<f32>(pairs, v128.shuffle<u32>(pairs, pairs, 1, 0, 3, 2));
  v128.store_lane<u32>(at, v128.sqrt<f32>(all), 0);
}

@inline
function squares<T>(from: usize, x: usize): v128 {
  if (sizeof<T>() === 4) return v128.load(from + x * 4);
  return v128.convert<u32>(v128.load_ext<u16>(from + x * 2));
}

/** The only product here is by 1 unless `scaled`, whose rounding is left to doubles. */
@inline
function distances(square: v128, squared: bool, scaled: bool, factor: v128, most: v128): v128 {
  let distance = squared ? square : v128.sqrt<f32>(square);
  if (scaled) {
    const low = f64x2.promote_low_f32x4(square);
    const high = f64x2.promote_low_f32x4(v128.shuffle<u64>(square, square, 1, 1));
    const a = f32x4.demote_f64x2_zero(v128.mul<f64>(squared ? low : v128.sqrt<f64>(low), factor));
    const b = f32x4.demote_f64x2_zero(v128.mul<f64>(squared ? high : v128.sqrt<f64>(high), factor));
    distance = v128.shuffle<u64>(a, b, 0, 2);
  }
  return v128.pmin<f32>(distance, most);
}
