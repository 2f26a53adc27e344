/**
 * Exact min-plus search: k steps to both sides as long as k steps alone cost less than the best so far in any lane.
 * Lanes are neighbouring columns, sixteen u16 (squares of steps, saturating) or eight f32. The work of a plane is
 * bounded; beyond, and where a u16 saturates, the caller takes the lower envelope instead.
 */
export const BUDGET: usize = 64;

export function infinite<T>(): v128 {
  if (sizeof<T>() === 2) return i16x8.splat(-1);
  return f32x4.splat(<f32>Infinity);
}

export function costOf<T>(k: usize, weight: f64): v128 {
  if (sizeof<T>() === 2) return i16x8.splat(<i16>(k * k));
  return f32x4.splat(<f32>(weight * <f64>(k * k)));
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

export function loadLabels<T>(at: usize): v128 {
  if (sizeof<T>() === 2) return v128.load(at);
  return v128.load_ext<u16>(at);
}

export function equal<T>(a: v128, b: v128): v128 {
  if (sizeof<T>() === 2) return v128.eq<i16>(a, b);
  return v128.eq<i32>(a, b);
}

export function storeScalar<T>(at: usize, infinity: bool): void {
  if (sizeof<T>() === 2) store<u16>(at, infinity ? 65535 : 0);
  else store<f32>(at, infinity ? <f32>Infinity : 0);
}
