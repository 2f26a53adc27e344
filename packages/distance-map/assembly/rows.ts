import { budgetOf } from "./lanes";
import { forgetRow, lookAround } from "./bounds";
import {
  blocks,
  bounds,
  found,
  hasColumns,
  hasLabels,
  height,
  heights,
  lowered,
  PAD,
  ranks,
  rowCosts,
  rowOf,
  shortCosts,
  stride,
  values,
  width,
  widthStep,
} from "./layout";
import { borderRow } from "./borders";
import { lowerLine } from "./far";
import { writeRow } from "./finish";
import { lower } from "./search";
import { lowerSparse } from "./sparse";

/** Rows that are not searched after one whose search took too many steps: its neighbours are much like it. */
const LIKE: i32 = 16;
let straight: i32 = 0;

/** Searches the next row whatever the last one took. */
export function forgetRows(): void {
  straight = 0;
}

/**
 * Lowers every row's heights and writes the results; false if a u16 has saturated, or if the search of a row takes too
 * many steps and floats would not do for it.
 */
export function lowerRows<T>(
  output: usize,
  labels: usize,
  floats: bool,
  squared: bool,
  scale: f64,
  cap: f64,
): bool {
  const costs = sizeof<T>() === 2 ? shortCosts : rowCosts;
  for (let y: usize = 0; y < height; y++) {
    const row = (hasColumns ? lowered : heights) + rowOf(<isize>y, sizeof<T>());
    const to = output + y * width * 4;
    const bound = bounds + y * ranks * 4;
    const farthest = lookAround(y);
    const own = labels + y * width * 2;
    if (hasLabels) borderRow<T>(row, own);
    else if (lowerSparse<T>(row, found, width, costs, farthest, widthStep)) {
      if (writeRow<T>(found, to, bound, squared, scale, cap)) continue;
      forgetRow(y);
      return false;
    }
    if (straight === 0) {
      if (searchRow<T>(row)) {
        if (writeRow<T>(found, to, bound, squared, scale, cap)) continue;
        forgetRow(y);
        return false;
      }
      straight = LIKE;
    } else {
      straight--;
    }
    if (!floats) return false;
    lowerLine(sizeof<T>() === 4 ? row : inFloats(row), found, own, width, rowCosts);
    writeRow<f32>(found, to, bound, squared, scale, cap);
    // a square that the other rows of the plane would not hold
    if (sizeof<T>() === 2 && isBeyond(bound)) return false;
  }
  return true;
}

/** Between the roots of the two largest u16, of which the largest is none. */
const BEYOND: f32 = 255.997;

/** Whether a distance among a row's bounds has a square that u16 do not hold. */
function isBeyond(bound: usize): bool {
  for (let block: usize = 0; block < blocks; block++) if (load<f32>(bound + block * 4) > BEYOND) return true;
  return false;
}

/** A row of u16, of which the largest is none. */
function inFloats(row: usize): usize {
  const infinity = f32x4.splat(<f32>Infinity);
  const far = f32x4.splat(65535);
  for (let x: usize = 0; x < width; x += 4) {
    const square = v128.convert<u32>(v128.load_ext<u16>(row + x * 2));
    v128.store(values + x * 4, v128.bitselect(infinity, square, v128.eq<f32>(square, far)));
  }
  return values;
}

/** Lowers a row's heights into `found`; false if the budget is spent. */
function searchRow<T>(source: usize): bool {
  const bytes = <isize>sizeof<T>();
  const columns = <isize>width;
  const costs = sizeof<T>() === 2 ? shortCosts : rowCosts;
  const all = i64x2.splat(-1);
  const row = <isize>source;
  const first = row - <isize>PAD * bytes;
  const last = row + <isize>(stride - 2 * PAD) * bytes;
  let budget = <isize>(budgetOf<T>() * ((width + 15) / 16));
  for (let x: isize = 0; x < columns; x += 16) {
    // the last lane to the left still reads a voxel, or the first padding
    const most = max<isize>(x + 16, columns - x);
    const at = row + x * bytes;
    const to = <isize>found + x * bytes;
    const from = hasLabels ? to : at;
    // at the end of a row some lanes hold nothing of it
    const rest = columns - x;
    const whole = rest >= 16;
    const live0 = whole ? all : inside<T>(rest, 0);
    const live1 = whole ? all : inside<T>(rest, 1);
    const live2 = whole ? all : inside<T>(rest, 2);
    const live3 = whole ? all : inside<T>(rest, 3);
    budget -= lower<T>(at, from, to, bytes, first, last, most, costs, live0, live1, live2, live3);
    if (budget < 0) return false;
  }
  return true;
}

/** Ones in the lanes of a vector that are among the first `count` of all. */
function inside<T>(count: isize, vector: isize): v128 {
  if (sizeof<T>() === 2) {
    return v128.gt<i16>(i16x8.splat(<i16>(count - 8 * vector)), i16x8(0, 1, 2, 3, 4, 5, 6, 7));
  }
  return v128.gt<i32>(i32x4.splat(<i32>(count - 4 * vector)), i32x4(0, 1, 2, 3));
}
