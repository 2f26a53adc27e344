import { BUDGET } from "./lanes";
import { forgetRow, lookAround } from "./bounds";
import {
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
  for (let y: usize = 0; y < height; y++) {
    const row = (hasColumns ? lowered : heights) + rowOf(<isize>y, sizeof<T>());
    const farthest = lookAround(y);
    if (!lowerRow<T>(row, labels + y * width * 2, farthest, floats)) return false;
    if (!writeRow<T>(found, output + y * width * 4, bounds + y * ranks * 4, squared, scale, cap)) {
      forgetRow(y);
      return false;
    }
  }
  return true;
}

/** Lowers a row's heights into `found`, by the way that is likely to be the fastest; false if floats would not do for it. */
function lowerRow<T>(row: usize, labels: usize, farthest: f32, floats: bool): bool {
  const costs = sizeof<T>() === 2 ? shortCosts : rowCosts;
  if (!hasLabels && lowerSparse<T>(row, found, width, costs, farthest, widthStep)) return true;
  if (straight > 0) {
    straight--;
  } else {
    if (hasLabels) borderRow<T>(row, labels);
    if (searchRow<T>(row)) return true;
    straight = LIKE;
  }
  if (sizeof<T>() === 4 && !floats) return false;
  lowerLine<T>(row, found, labels, width, costs);
  return true;
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
  let budget = <isize>(BUDGET * ((width + 15) / 16));
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
