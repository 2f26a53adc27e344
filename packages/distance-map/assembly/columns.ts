import { borderColumns } from "./borders";
import { farthestBehind, lookAside } from "./bounds";
import { padRows } from "./padding";
import { allBelow, COLUMNS_BUDGET, equal, infinite, least, plus, splat, usefulAt } from "./lanes";
import {
  blocks,
  border,
  columnCosts,
  depthStep,
  hasLabels,
  height,
  heights,
  heightStep,
  list,
  lowered,
  patience,
  ranks,
  reaches,
  rowOf,
  shortCosts,
  stride,
  width,
} from "./layout";
import { lower } from "./search";

/** Of the rows of a block of columns where one in so many may matter to others, those are listed. */
const SHARE: isize = 2;
/** So few steps are searched faster than anything is listed. */
const FEW: f32 = 6;
/** Planes in which a block's columns are not looked at after one with too much to list. */
const LIKE: u8 = 16;
/** Steps that the columns of this plane may still take. */
let budget: isize = 0;

/** Looks at all columns again. */
export function forgetColumns(): void {
  memory.fill(patience, 0, blocks);
}

/** Lowers every column's heights; false if the budget is spent. */
export function lowerColumns<T>(labels: usize): bool {
  budget = <isize>(COLUMNS_BUDGET * height * blocks);
  const farthest = farthestBehind() + depthStep;
  for (let y: usize = 0; y < height; y++) lookAside(y);
  for (let x: usize = 0; x < width; x += 16) {
    const rest = patience + (x >> 4);
    const wait = load<u8>(rest);
    if (hasLabels) {
      borderColumns<T>(x, labels);
    } else if (wait > 0) {
      store<u8>(rest, wait - 1);
    } else if (farthest > FEW * heightStep) {
      const count = listRows<T>(x, farthest * farthest * <f32>1.00001);
      if (count >= 0) {
        if (!compareRows<T>(x, count)) return false;
        continue;
      }
      store<u8>(rest, LIKE);
    }
    if (!searchColumns<T>(x)) return false;
  }
  if (hasLabels) padRows<T>(lowered);
  return true;
}

/** Lists the rows of sixteen columns that may matter to others; -1 if they are too many. */
function listRows<T>(x: usize, limit: f32): isize {
  const step = stride * sizeof<T>();
  const one = splat<T>((sizeof<T>() === 2 ? shortCosts : columnCosts) + sizeof<T>());
  const highest = allBelow<T>(limit);
  const rows = <isize>height;
  const most = rows / SHARE + 1;
  let count: isize = 0;
  if (border) store<i32>(list + 4 * count++, -1);
  let at = heights + rowOf(0, sizeof<T>()) + x * sizeof<T>();
  for (let y: isize = 0; y < rows; y++) {
    let useful: i32 = 0;
    for (let vector: usize = 0; vector < sizeof<T>(); vector++) {
      const here = at + vector * 16;
      useful |= usefulAt<T>(v128.load(here - step), v128.load(here), v128.load(here + step), one, highest);
    }
    at += step;
    store<i32>(list + 4 * count, <i32>y);
    count += <isize>(useful !== 0);
    if (count > most) return -1;
  }
  if (border) store<i32>(list + 4 * count++, <i32>rows);
  return count;
}

/** Lowers sixteen columns, comparing each row with the listed ones within its reach; false if the budget is spent. */
function compareRows<T>(x: usize, count: isize): bool {
  const step = <isize>(stride * sizeof<T>());
  const costs = sizeof<T>() === 2 ? shortCosts : columnCosts;
  const zero = <isize>(heights + rowOf(0, sizeof<T>()) + x * sizeof<T>());
  const away = <isize>lowered - <isize>heights;
  const end = list + count * 4;
  let low = list;
  let left = budget;
  for (let y: isize = 0; y < <isize>height; y++) {
    const reach = load<i32>(reaches + (y * ranks + (x >> 4)) * 4);
    while (low > list && load<i32>(low - 4) >= <i32>y - reach) low -= 4;
    while (low < end && load<i32>(low) < <i32>y - reach) low += 4;
    const to = zero + y * step + away;
    const from = to - away;
    let best0 = v128.load(from);
    let best1 = v128.load(from, 16);
    let best2 = sizeof<T>() === 4 ? v128.load(from, 32) : best0;
    let best3 = sizeof<T>() === 4 ? v128.load(from, 48) : best1;
    let at = low;
    for (; at < end; at += 4) {
      const q = <isize>load<i32>(at);
      if (q > y + reach) break;
      const cost = splat<T>(costs + (y - q) * sizeof<T>());
      const other = zero + q * step;
      best0 = least<T>(best0, plus<T>(v128.load(other), cost));
      best1 = least<T>(best1, plus<T>(v128.load(other, 16), cost));
      if (sizeof<T>() === 4) {
        best2 = least<T>(best2, plus<T>(v128.load(other, 32), cost));
        best3 = least<T>(best3, plus<T>(v128.load(other, 48), cost));
      }
    }
    left -= (<isize>(at - low) >> 3) + 1;
    if (left < 0) return false;
    v128.store(to, best0);
    v128.store(to, best1, 16);
    if (sizeof<T>() === 4) {
      v128.store(to, best2, 32);
      v128.store(to, best3, 48);
    }
  }
  budget = left;
  return true;
}

/** Lowers sixteen columns step by step; false if the budget is spent. */
function searchColumns<T>(x: usize): bool {
  const step = <isize>(stride * sizeof<T>());
  const rows = <isize>height;
  const costs = sizeof<T>() === 2 ? shortCosts : columnCosts;
  const first = <isize>(heights + rowOf(-1, sizeof<T>()) + x * sizeof<T>());
  const last = first + (rows + 1) * step;
  const away = <isize>lowered - <isize>heights;
  const live0 = alive<T>(first, last, step);
  const live1 = alive<T>(first + 16, last + 16, step);
  const live2 = sizeof<T>() === 4 ? alive<T>(first + 32, last + 32, step) : live0;
  const live3 = sizeof<T>() === 4 ? alive<T>(first + 48, last + 48, step) : live0;
  for (let y: isize = 0; y < rows; y++) {
    const at = first + (y + 1) * step;
    const to = at + away;
    const reach = <isize>load<i32>(reaches + (y * ranks + (x >> 4)) * 4);
    const most = min<isize>(max<isize>(y + 1, rows - y), reach);
    budget -= lower<T>(at, hasLabels ? to : at, to, step, first, last, most, costs, live0, live1, live2, live3);
    if (budget < 0) return false;
  }
  return true;
}

/** A column without any finite height has nothing to find, and must not keep its neighbours searching. */
function alive<T>(first: isize, last: isize, step: isize): v128 {
  let lowest = infinite<T>();
  for (let at = first; at <= last; at += step) lowest = least<T>(lowest, v128.load(at));
  return v128.not(equal<T>(lowest, infinite<T>()));
}
