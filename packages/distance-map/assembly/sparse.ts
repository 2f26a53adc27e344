import { allBelow, least, plus, splat, usefulAt } from "./lanes";
import { distancesAround } from "./bounds";
import { border, list, within } from "./layout";

/** So few steps are searched faster than anything is listed. */
const FEW: f32 = 12;
/** Of the lines of which one voxel in so many may matter to others, those are listed. */
const SHARE: usize = 5;
/** Steps of a block's search that cost as much as to list a voxel. */
const PER_STEP: f32 = 4;
/** Pairs of a listed voxel and a block of sixteen that are compared, on average over the blocks of a line. */
const PAIRS: isize = 40;
/** Lines that are not looked at after one with too much to list: its neighbours are much like it. */
const LIKE: i32 = 16;
let dense: i32 = 0;

/** Looks at the next line whatever the last one had. */
export function forgetLists(): void {
  dense = 0;
}

/**
 * Lowers the heights of a mask's line of which few voxels matter, to `to`. A voxel at q matters to others only if it is lower than a neighbour by more than a step costs, and below the chord of both, and
 * not above the square of `farthest`. `step` is the length of a step, or 0 where `within` says nothing of the line. False if too many
 * voxels matter.
 */
export function lowerSparse<T>(
  line: usize,
  to: usize,
  length: usize,
  costs: usize,
  farthest: f32,
  step: f32,
): bool {
  // a search takes as many steps in a block as its farthest distance has
  const steps = step > 0 ? min<f32>(distancesAround / (step * <f32>((length + 15) >> 4)), <f32>length) : <f32>length;
  if (steps < FEW) return false;
  if (dense > 0) {
    dense--;
    return false;
  }
  const most = <isize>min<f32>(<f32>(length / SHARE), (steps * <f32>length) / (16 * PER_STEP)) + 2;
  const count = listUseful<T>(line, length, costs, farthest * farthest * <f32>1.00001, most);
  if (count >= 0 && compareAll<T>(line, to, length, costs, step, count)) return true;
  dense = LIKE;
  return false;
}

/** Lists the voxels that may matter to others; -1 if they are too many. The ends of the line are always listed. */
function listUseful<T>(line: usize, length: usize, costs: usize, limit: f32, most: isize): isize {
  const lanes = 16 / sizeof<T>();
  const one = splat<T>(costs + sizeof<T>());
  const highest = allBelow<T>(limit);
  let count: isize = 0;
  store<i32>(list, 0);
  count = 1;
  for (let x: usize = 0; x < length; x += lanes) {
    const at = line + x * sizeof<T>();
    let bits = usefulAt<T>(v128.load(at - sizeof<T>()), v128.load(at), v128.load(at + sizeof<T>()), one, highest);
    if (bits === 0) continue;
    if (x === 0) bits &= ~1;
    if (x + lanes >= length) bits &= (1 << (<i32>(length - 1 - x))) - 1;
    if (count + popcnt<i32>(bits) > most) return -1;
    while (bits !== 0) {
      store<i32>(list + count * 4, <i32>x + ctz<i32>(bits));
      count++;
      bits &= bits - 1;
    }
  }
  if (length > 1) {
    store<i32>(list + count * 4, <i32>(length - 1));
    count++;
  }
  return count;
}

function compareAll<T>(
  line: usize,
  to: usize,
  length: usize,
  costs: usize,
  step: f32,
  count: isize,
): bool {
  const end = list + count * 4;
  const bytes = <isize>sizeof<T>();
  let pairs = PAIRS * <isize>((length + 15) / 16);
  let low = list;
  for (let x: isize = 0; x < <isize>length; x += 16) {
    const reach = step > 0 ? <isize>min<f32>((load<f32>(within + (x >> 4) * 4) * <f32>1.000001) / step, <f32>1e6) + 1 : <isize>length;
    while (low > list && load<i32>(low - 4) >= <i32>(x - reach)) low -= 4;
    while (low < end && load<i32>(low) < <i32>(x - reach)) low += 4;
    let best0 = v128.load(line + x * bytes);
    let best1 = v128.load(line + x * bytes, 16);
    let best2 = best0;
    let best3 = best1;
    if (sizeof<T>() === 4) {
      best2 = v128.load(line + x * bytes, 32);
      best3 = v128.load(line + x * bytes, 48);
    }
    if (border) {
      const left = costs + (x + 1) * bytes;
      const right = costs + (x - <isize>length) * bytes;
      best0 = least<T>(best0, least<T>(v128.load(left), v128.load(right)));
      best1 = least<T>(best1, least<T>(v128.load(left, 16), v128.load(right, 16)));
      if (sizeof<T>() === 4) {
        best2 = least<T>(best2, least<T>(v128.load(left, 32), v128.load(right, 32)));
        best3 = least<T>(best3, least<T>(v128.load(left, 48), v128.load(right, 48)));
      }
    }
    let at = low;
    for (; at < end; at += 4) {
      const q = <isize>load<i32>(at);
      if (q > x + 15 + reach) break;
      const height = splat<T>(line + q * bytes);
      const cost = costs + (x - q) * bytes;
      best0 = least<T>(best0, plus<T>(height, v128.load(cost)));
      best1 = least<T>(best1, plus<T>(height, v128.load(cost, 16)));
      if (sizeof<T>() === 4) {
        best2 = least<T>(best2, plus<T>(height, v128.load(cost, 32)));
        best3 = least<T>(best3, plus<T>(height, v128.load(cost, 48)));
      }
    }
    pairs -= <isize>(at - low) >> 2;
    if (pairs < 0) return false;
    v128.store(to + x * bytes, best0);
    v128.store(to + x * bytes, best1, 16);
    if (sizeof<T>() === 4) {
      v128.store(to + x * bytes, best2, 32);
      v128.store(to + x * bytes, best3, 48);
    }
  }
  return true;
}
