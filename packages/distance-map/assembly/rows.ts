import { budgetOf, infinite } from "./lanes";
import {
  bounds,
  found,
  hasColumns,
  hasLabels,
  height,
  heights,
  lowered,
  PAD,
  padded,
  rowCosts,
  rowOf,
  shortCosts,
  stride,
  width,
} from "./layout";
import { writeRow } from "./finish";
import { lower } from "./search";

/** Lowers every row's heights and writes the results; false if the budget is spent or a u16 has saturated. */
export function lowerRows<T>(output: usize, squared: bool, scale: f64, cap: f64): bool {
  return hasLabels ? lowerAll<T, u16>(output, squared, scale, cap) : lowerAll<T, bool>(output, squared, scale, cap);
}

function lowerAll<T, Labels>(output: usize, squared: bool, scale: f64, cap: f64): bool {
  const bytes = <isize>sizeof<T>();
  const columns = <isize>width;
  const source = hasColumns ? lowered : heights;
  const names = padded - (sizeof<T>() === 4 ? source >> 1 : source);
  const costs = sizeof<T>() === 2 ? shortCosts : rowCosts;
  const all = i64x2.splat(-1);
  let budget = <isize>(budgetOf<T>() * height * ((width + 15) / 16));
  for (let y: usize = 0; y < height; y++) {
    const row = <isize>(source + rowOf(<isize>y, sizeof<T>()));
    const first = row - <isize>PAD * bytes;
    const last = row + <isize>(stride - 2 * PAD) * bytes;
    for (let x: isize = 0; x < columns; x += 16) {
      // the last lane to the left still reads a voxel, or the first padding
      const most = max<isize>(x + 16, columns - x);
      const at = row + x * bytes;
      const to = <isize>found + x * bytes;
      if (x + 16 <= columns) {
        budget -= lower<T, Labels>(at, to, bytes, first, last, most, costs, names, all, all, all, all);
      } else {
        const rest = columns - x;
        budget -= lower<T, Labels>(
          at, to, bytes, first, last, most, costs, names,
          inside<T>(rest, 0), inside<T>(rest, 1), inside<T>(rest, 2), inside<T>(rest, 3),
        );
      }
      if (budget < 0) return false;
    }
    if (!writeRow<T>(found, output + y * width * 4, bounds + y * 4, squared, scale, cap)) return false;
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
