import { above, least, plus, splat } from "./lanes";

/**
 * Exact min-plus search of sixteen neighbouring lines: k steps to both sides as long as k steps alone cost less than
 * the best so far in any lane of `live`. The best so far begins as what lies at `from`, the heights at `at`. A side that
 * has come to its end stays there, on padding. Every second step tests: the test costs more than a step too many, and
 * the processor foresees it better. Returns the steps.
 */
@inline
export function lower<T>(
  at: isize,
  from: isize,
  to: isize,
  step: isize,
  first: isize,
  last: isize,
  most: isize,
  costs: usize,
  live0: v128,
  live1: v128,
  live2: v128,
  live3: v128,
): isize {
  let best0 = v128.load(from);
  let best1 = v128.load(from, 16);
  let best2 = best0;
  let best3 = best1;
  if (sizeof<T>() === 4) {
    best2 = v128.load(from, 32);
    best3 = v128.load(from, 48);
  }
  let before = at;
  let after = at;
  let k: isize = 1;
  for (; k <= most; k++) {
    const cost = splat<T>(costs + k * sizeof<T>());
    if (k & 1) {
      let open = v128.or(above<T>(v128.and(best0, live0), cost), above<T>(v128.and(best1, live1), cost));
      if (sizeof<T>() === 4) {
        const more = v128.or(above<T>(v128.and(best2, live2), cost), above<T>(v128.and(best3, live3), cost));
        open = v128.or(open, more);
      }
      if (!v128.any_true(open)) break;
    }
    before = max<isize>(before - step, first);
    after = min<isize>(after + step, last);
    best0 = least<T>(best0, plus<T>(least<T>(v128.load(before), v128.load(after)), cost));
    best1 = least<T>(best1, plus<T>(least<T>(v128.load(before, 16), v128.load(after, 16)), cost));
    if (sizeof<T>() === 4) {
      best2 = least<T>(best2, plus<T>(least<T>(v128.load(before, 32), v128.load(after, 32)), cost));
      best3 = least<T>(best3, plus<T>(least<T>(v128.load(before, 48), v128.load(after, 48)), cost));
    }
  }
  v128.store(to, best0);
  v128.store(to, best1, 16);
  if (sizeof<T>() === 4) {
    v128.store(to, best2, 32);
    v128.store(to, best3, 48);
  }
  return k;
}
