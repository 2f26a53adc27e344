import { infinite, least, lowestOf, notAbove, plus, splat, storeScalar, withMargin } from "./lanes";
import { highs, lows, run } from "./layout";

/**
 * D(p) = min over q of h(q) + cost(p - q) for the run of heights `line[0, length)`, written to `to`, of which up to
 * fifteen more are overwritten; just outside each end may stand background, of height 0. Where the lowest parabola of p is q, that of a later p is no earlier than q: so the
 * lowest ones at every sixteenth place, found by halving, bound the few that the places between them have to compare.
 * `costs` is where the table of costs has 0.
 */
export function lowerRun<T>(line: usize, to: usize, length: isize, left: bool, right: bool, costs: usize): void {
  const bytes = <isize>sizeof<T>();
  const none = infinite<T>();
  const end = length + 1;
  const last = run + end * bytes;
  v128.store(run - 16, none);
  storeScalar<T>(run, !left);
  copy(run + bytes, line, length * bytes);
  v128.store(last, none);
  v128.store(last, none, 16);
  storeScalar<T>(last, !right);
  const blocks = (length + 15) >> 4;
  if (blocks === 1) {
    store<i32>(lows, 0);
    store<i32>(highs, <i32>end, 4);
  } else if (!locateAll<T>(blocks, length, costs)) {
    copy(to, line, length * bytes);
    return;
  }
  for (let block: isize = 0; block < blocks; block++) {
    const low = <isize>load<i32>(lows + block * 4);
    const high = <isize>load<i32>(highs + block * 4, 4);
    let best0 = none;
    let best1 = none;
    let best2 = none;
    let best3 = none;
    let cost = costs + (block * 16 + 1 - low) * bytes;
    const most = run + high * bytes;
    for (let from = run + low * bytes; from <= most; from += bytes) {
      const height = splat<T>(from);
      best0 = least<T>(best0, plus<T>(height, v128.load(cost)));
      best1 = least<T>(best1, plus<T>(height, v128.load(cost, 16)));
      if (sizeof<T>() === 4) {
        best2 = least<T>(best2, plus<T>(height, v128.load(cost, 32)));
        best3 = least<T>(best3, plus<T>(height, v128.load(cost, 48)));
      }
      cost -= bytes;
    }
    const at = to + block * 16 * bytes;
    v128.store(at, best0);
    v128.store(at, best1, 16);
    if (sizeof<T>() === 4) {
      v128.store(at, best2, 32);
      v128.store(at, best3, 48);
    }
  }
}

/** Bytes, of which up to fifteen more are copied; `memory.copy` takes its time to begin. */
@inline
function copy(to: usize, from: usize, bytes: isize): void {
  for (let i: isize = 0; i < bytes; i += 16) v128.store(to + i, v128.load(from + i));
}

/** The lowest parabolas at the blocks' first places and at the run's last; false if there is none at one, whose u16 has saturated then. */
function locateAll<T>(blocks: isize, length: isize, costs: usize): bool {
  if (!locate<T>(0, 1, 0, length + 1, costs)) return false;
  if (!locate<T>(blocks, length, <isize>load<i32>(lows), length + 1, costs)) return false;
  let half: isize = 1;
  while (half * 2 < blocks) half *= 2;
  for (; half > 0; half >>= 1) {
    for (let block = half; block < blocks; block += 2 * half) {
      const low = <isize>load<i32>(lows + (block - half) * 4);
      const high = <isize>load<i32>(highs + min<isize>(block + half, blocks) * 4);
      if (!locate<T>(block, block * 16 + 1, low, high, costs)) return false;
    }
  }
  return true;
}

/** The first and the last of the lowest parabolas at p, between two given ones; what rounding may confuse counts as equal. */
function locate<T>(block: isize, p: isize, low: isize, high: isize, costs: usize): bool {
  const bytes = <isize>sizeof<T>();
  const lanes = 16 / bytes;
  const cost = costs - p * bytes;
  if (low < high) {
    let best = infinite<T>();
    let other = best;
    for (let q = low; q <= high; q += 2 * lanes) {
      best = least<T>(best, costAt<T>(run + q * bytes, cost + q * bytes));
      other = least<T>(other, costAt<T>(run + q * bytes + 16, cost + q * bytes + 16));
    }
    best = lowestOf<T>(least<T>(best, other));
    if (v128.all_true<i8>(v128.eq<i8>(best, infinite<T>()))) return false;
    best = withMargin<T>(best);
    let found: i32 = 0;
    let first = low - lanes;
    do {
      first += lanes;
      found = notAbove<T>(costAt<T>(run + first * bytes, cost + first * bytes), best);
    } while (found === 0);
    low = first + <isize>ctz<i32>(found);
    let last = high + 1;
    do {
      last -= lanes;
      found = notAbove<T>(costAt<T>(run + last * bytes, cost + last * bytes), best);
    } while (found === 0);
    high = min<isize>(high, last + 31 - <isize>clz<i32>(found));
    low = min<isize>(low, high);
  }
  store<i32>(lows + block * 4, <i32>low);
  store<i32>(highs + block * 4, <i32>high);
  return true;
}

@inline
function costAt<T>(height: usize, cost: usize): v128 {
  return plus<T>(v128.load(height), v128.load(cost));
}
