/** Operations on the lanes of the search: eight u16 (squares of steps, saturating) or four f32 in a vector. */
/** Steps that a search may take, on average over its groups of sixteen: beyond, the lower envelope costs less. */
@inline
export function budgetOf<T>(): usize {
  return sizeof<T>() === 2 ? 40 : 20;
}

/** The same of columns, which have to be transposed for it. */
export const COLUMNS_BUDGET: usize = 32;

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

/** Nonzero in the lanes where a > b. */
export function above<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 2) return v128.sub_sat<u16>(a, b);
  return v128.gt<f32>(a, b);
}

/** The labels of the given vector of the sixteen. */
export function loadLabels<T>(at: usize, vector: usize): v128 {
  if (sizeof<T>() === 2) return v128.load(at + vector * 16);
  return v128.load_ext<u16>(at + vector * 8);
}

export function equal<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 2) return v128.eq<i16>(a, b);
  return v128.eq<i32>(a, b);
}

export function storeScalar<T>(at: usize, infinity: bool): void {
  if (sizeof<T>() === 2) store<u16>(at, infinity ? 65535 : 0);
  else store<f32>(at, infinity ? <f32>Infinity : 0);
}
