import { spill, width } from "./layout";

/**
 * Writes the results of a row of squares, and its largest square to `bound`; false if a u16 has saturated, which may be
 * anything.
 */
export function writeRow<T>(from: usize, to: usize, bound: usize, squared: bool, scale: f64, cap: f64): bool {
  const factor = f64x2.splat(squared ? scale * scale : scale);
  const scaled = scale !== 1;
  const most = f32x4.splat(<f32>cap);
  let largest = f32x4.splat(0);
  let x: usize = 0;
  for (; x + 4 <= width; x += 4) {
    const square = squares<T>(from, x);
    largest = v128.pmax<f32>(largest, square);
    v128.store(to + x * 4, distances(square, squared, scaled, factor, most));
  }
  if (x < width) {
    // the row behind may be finished already
    const square = squares<T>(from, x);
    v128.store(spill, distances(square, squared, scaled, factor, most));
    memory.copy(to + x * 4, spill, (width - x) * 4);
    const rest = i32x4.splat(<i32>(width - x));
    largest = v128.pmax<f32>(largest, v128.and(square, v128.gt<i32>(rest, i32x4(0, 1, 2, 3))));
  }
  largest = v128.pmax<f32>(largest, v128.shuffle<u64>(largest, largest, 1, 0));
  largest = v128.pmax<f32>(largest, v128.shuffle<u32>(largest, largest, 1, 0, 3, 2));
  const one = f32x4.extract_lane(largest, 0);
  store<f32>(bound, one);
  return sizeof<T>() === 4 || one < 65535;
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
