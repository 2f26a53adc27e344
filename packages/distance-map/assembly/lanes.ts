/** Operations on the lanes of the search: eight u16 (squares of steps, saturating) or four f32 in a vector. */

/** Steps that a search may take, on average over its groups of sixteen: beyond, the lower envelope costs less. */
export const BUDGET: usize = 20;

/** The same of columns, which have to be transposed for it. */
export const COLUMNS_BUDGET: usize = 48;

export function infinite<T>(): v128 {
  if (sizeof<T>() === 2) return i16x8.splat(-1);
  return f32x4.splat(<f32>Infinity);
}

/** The cost of k steps, in every lane. */
export function splat<T>(at: usize): v128 {
  if (sizeof<T>() === 2) return v128.load16_splat(at);
  return v128.load32_splat(at);
}

export function plus<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 2) return v128.add_sat<u16>(a, b);
  return v128.add<f32>(a, b);
}

export function least<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 2) return v128.min<u16>(a, b);
  return v128.pmin<f32>(a, b);
}

/** The least of all lanes, in every lane. */
@inline
export function lowestOf<T>(lanes: v128): v128 {
  const pairs = least<T>(lanes, v128.shuffle<u64>(lanes, lanes, 1, 0));
  const all = least<T>(pairs, v128.shuffle<u32>(pairs, pairs, 1, 0, 3, 2));
  return sizeof<T>() === 4 ? all : least<T>(all, v128.shuffle<u16>(all, all, 1, 0, 3, 2, 5, 4, 7, 6));
}

/** A little more than a cost, so that what rounding may confuse counts as equal. */
@inline
export function withMargin<T>(cost: v128): v128 {
  return sizeof<T>() === 2 ? cost : v128.mul<f32>(cost, f32x4.splat(<f32>1.000001));
}

/** Bits of the lanes where a <= b. */
@inline
export function notAbove<T>(a: v128, b: v128): i32 {
  if (sizeof<T>() === 2) return v128.bitmask<i16>(v128.le<u16>(a, b));
  return v128.bitmask<i32>(v128.le<f32>(a, b));
}

/** Nonzero in the lanes where a > b. */
export function above<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 2) return v128.sub_sat<u16>(a, b);
  return v128.gt<f32>(a, b);
}

/** Costs of eight counts of steps, of which the largest is none; of f32 four, by `vector`, rounded once like those of the search. */
@inline
export function squaresOf<T>(counts: v128, vector: i32, weight: f64): v128 {
  if (sizeof<T>() === 2) return v128.or(v128.mul<i16>(counts, counts), v128.gt<u16>(counts, i16x8.splat(255)));
  const none = v128.eq<i16>(counts, i16x8.splat(-1));
  const wide = vector === 0 ? v128.extend_low<u16>(counts) : v128.extend_high<u16>(counts);
  const low = f64x2.convert_low_i32x4_u(wide);
  const high = f64x2.convert_low_i32x4_u(v128.shuffle<u64>(wide, wide, 1, 1));
  const factor = f64x2.splat(weight);
  const a = f32x4.demote_f64x2_zero(v128.mul<f64>(v128.mul<f64>(factor, low), low));
  const b = f32x4.demote_f64x2_zero(v128.mul<f64>(v128.mul<f64>(factor, high), high));
  const unknown = vector === 0 ? v128.extend_low<i16>(none) : v128.extend_high<i16>(none);
  return v128.bitselect(infinite<T>(), v128.shuffle<u64>(a, b, 0, 2), unknown);
}

/** A bound in every lane; more than u16 hold is no bound, their largest being none. */
export function allBelow<T>(limit: f32): v128 {
  if (sizeof<T>() === 2) return i16x8.splat(limit < 65534 ? <i16>(<i32>limit) : -2);
  return f32x4.splat(limit);
}

/**
 * Bits of the heights that may be the lowest somewhere beside their own place: lower than a neighbour by more than
 * the cost of one step, lower than the chord of both neighbours, not above `highest`. What rounding may confuse is kept.
 */
@inline
export function usefulAt<T>(before: v128, height: v128, after: v128, one: v128, highest: v128): i32 {
  if (sizeof<T>() === 2) {
    const lower = v128.lt<u16>(v128.add_sat<u16>(height, one), v128.max<u16>(before, after));
    const inside = v128.and(v128.le<u16>(height, v128.avgr<u16>(before, after)), v128.le<u16>(height, highest));
    return v128.bitmask<i16>(v128.and(lower, inside));
  }
  const higher = v128.mul<f32>(v128.pmax<f32>(before, after), f32x4.splat(<f32>1.000001));
  const lower = v128.lt<f32>(v128.add<f32>(height, one), higher);
  const chord = v128.add<f32>(v128.add<f32>(before, after), v128.add<f32>(one, one));
  const below = v128.lt<f32>(v128.mul<f32>(v128.add<f32>(height, height), f32x4.splat(<f32>0.999999)), chord);
  return v128.bitmask<i32>(v128.and(v128.and(lower, below), v128.le<f32>(height, highest)));
}

export function equal<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 2) return v128.eq<i16>(a, b);
  return v128.eq<i32>(a, b);
}

export function storeScalar<T>(at: usize, infinity: bool): void {
  if (sizeof<T>() === 2) store<u16>(at, infinity ? 65535 : 0);
  else store<f32>(at, infinity ? <f32>Infinity : 0);
}

/** The end of the run of equal labels that begins at `from` in a line of `length`. */
@inline
export function runEnd(labels: usize, from: usize, length: usize): usize {
  const label = load<u16>(labels + from * 2);
  const all = i16x8.splat(<i16>label);
  let end = from + 1;
  while (end + 8 <= length && v128.all_true<i16>(v128.eq<i16>(v128.load(labels + end * 2), all))) end += 8;
  while (end < length && load<u16>(labels + end * 2) === label) end++;
  return end;
}
