import { highs, lows, run } from "./layout";

/**
 * D(p) = min over q of h(q) + cost(p - q) for the run of heights `line[0, length)`, written to `to`, of which up to
 * fifteen more are overwritten; just outside each end may stand background, of height 0. Where the lowest parabola of p is q, that of a later p is no earlier than q: so the
 * lowest ones at every sixteenth place, found by halving, bound the few that the places between them have to compare.
 * `costs` is where the table of costs has 0.
 */
export function lowerRun(line: usize, to: usize, length: isize, left: bool, right: bool, costs: usize): void {
  const infinity = f32x4.splat(<f32>Infinity);
  const end = length + 1;
  store<f32>(run, left ? <f32>0 : <f32>Infinity);
  copy(run + 4, line, length);
  v128.store(run + end * 4, infinity);
  v128.store(run + end * 4, infinity, 16);
  if (right) store<f32>(run + end * 4, 0);
  const blocks = (length + 15) >> 4;
  if (blocks === 1) {
    store<i32>(lows, 0);
    store<i32>(highs, <i32>end, 4);
  } else if (!locateAll(blocks, length, costs)) {
    copy(to, line, length);
    return;
  }
  for (let block: isize = 0; block < blocks; block++) {
    const low = <isize>load<i32>(lows + block * 4);
    const high = <isize>load<i32>(highs + block * 4, 4);
    let best0 = infinity;
    let best1 = infinity;
    let best2 = infinity;
    let best3 = infinity;
    let cost = costs + (block * 16 + 1 - low) * 4;
    const last = run + high * 4;
    for (let from = run + low * 4; from <= last; from += 4) {
      const height = v128.load32_splat(from);
      best0 = v128.pmin<f32>(best0, v128.add<f32>(height, v128.load(cost)));
      best1 = v128.pmin<f32>(best1, v128.add<f32>(height, v128.load(cost, 16)));
      best2 = v128.pmin<f32>(best2, v128.add<f32>(height, v128.load(cost, 32)));
      best3 = v128.pmin<f32>(best3, v128.add<f32>(height, v128.load(cost, 48)));
      cost -= 4;
    }
    const at = to + block * 64;
    v128.store(at, best0);
    v128.store(at, best1, 16);
    v128.store(at, best2, 32);
    v128.store(at, best3, 48);
  }
}

/** Up to three more are copied; `memory.copy` takes its time to begin. */
@inline
function copy(to: usize, from: usize, length: isize): void {
  for (let i: isize = 0; i < length; i += 4) v128.store(to + i * 4, v128.load(from + i * 4));
}

/** The lowest parabolas at the blocks' first places and at the run's last; false if there is none at all. */
function locateAll(blocks: isize, length: isize, costs: usize): bool {
  if (!locate(0, 1, 0, length + 1, costs)) return false;
  locate(blocks, length, <isize>load<i32>(lows), length + 1, costs);
  let half: isize = 1;
  while (half * 2 < blocks) half *= 2;
  for (; half > 0; half >>= 1) {
    for (let block = half; block < blocks; block += 2 * half) {
      const low = <isize>load<i32>(lows + (block - half) * 4);
      const high = <isize>load<i32>(highs + min<isize>(block + half, blocks) * 4);
      locate(block, block * 16 + 1, low, high, costs);
    }
  }
  return true;
}

/** The first and the last of the lowest parabolas at p, between two given ones; what rounding may confuse counts as equal. */
function locate(block: isize, p: isize, low: isize, high: isize, costs: usize): bool {
  const cost = costs - p * 4;
  if (low < high) {
    let best = f32x4.splat(<f32>Infinity);
    let other = best;
    for (let q = low; q <= high; q += 8) {
      best = v128.pmin<f32>(best, v128.add<f32>(v128.load(run + q * 4), v128.load(cost + q * 4)));
      other = v128.pmin<f32>(other, v128.add<f32>(v128.load(run + q * 4, 16), v128.load(cost + q * 4, 16)));
    }
    best = v128.pmin<f32>(best, other);
    best = v128.pmin<f32>(best, v128.shuffle<u64>(best, best, 1, 0));
    best = v128.pmin<f32>(best, v128.shuffle<u32>(best, best, 1, 0, 3, 2));
    if (f32x4.extract_lane(best, 0) === Infinity) return false;
    best = v128.mul<f32>(best, f32x4.splat(1.000001));
    let found: i32 = 0;
    let first = low - 4;
    do {
      first += 4;
      found = lowestAt(run + first * 4, cost + first * 4, best);
    } while (found === 0);
    low = first + <isize>ctz<i32>(found);
    let last = high + 1;
    do {
      last -= 4;
      found = lowestAt(run + last * 4, cost + last * 4, best);
    } while (found === 0);
    high = min<isize>(high, last + 31 - <isize>clz<i32>(found));
    low = min<isize>(low, high);
  }
  store<i32>(lows + block * 4, <i32>low);
  store<i32>(highs + block * 4, <i32>high);
  return true;
}

@inline
function lowestAt(height: usize, cost: usize, best: v128): i32 {
  return v128.bitmask<i32>(v128.le<f32>(v128.add<f32>(v128.load(height), v128.load(cost)), best));
}
