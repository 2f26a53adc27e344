import { borderColumns } from "./borders";
import { padRows } from "./padding";
import { COLUMNS_BUDGET, equal, infinite, least } from "./lanes";
import {
  bounds,
  columnCosts,
  depthWeight,
  hasLabels,
  height,
  heights,
  heightWeight,
  lowered,
  reaches,
  rowOf,
  shortCosts,
  stride,
  width,
} from "./layout";
import { lower } from "./search";

/** Lowers every column's heights; false if the budget is spent. */
export function lowerColumns<T>(labels: usize): bool {
  const step = <isize>(stride * sizeof<T>());
  const rows = <isize>height;
  const costs = sizeof<T>() === 2 ? shortCosts : columnCosts;
  for (let y: usize = 0; y < height; y++) store<isize>(reaches + y * sizeof<isize>(), reach(y));
  let budget = <isize>(COLUMNS_BUDGET * height * ((width + 15) / 16));
  for (let x: usize = 0; x < width; x += 16) {
    const first = <isize>(heights + rowOf(-1, sizeof<T>()) + x * sizeof<T>());
    const last = first + (rows + 1) * step;
    const away = <isize>lowered - <isize>heights;
    if (hasLabels) borderColumns<T>(x, labels);
    const begin = hasLabels ? first + away + step : first;
    const end = hasLabels ? last + away - step : last;
    const live0 = alive<T>(begin, end, step);
    const live1 = alive<T>(begin + 16, end + 16, step);
    const live2 = sizeof<T>() === 4 ? alive<T>(begin + 32, end + 32, step) : live0;
    const live3 = sizeof<T>() === 4 ? alive<T>(begin + 48, end + 48, step) : live0;
    for (let y: isize = 0; y < rows; y++) {
      const at = first + (y + 1) * step;
      const to = at + away;
      const most = min<isize>(max<isize>(y + 1, rows - y), load<isize>(reaches + y * sizeof<isize>()));
      budget -= lower<T>(at, hasLabels ? to : at, to, step, first, last, most, costs, live0, live1, live2, live3);
      if (budget < 0) return false;
    }
  }
  if (hasLabels) padRows<T>(lowered);
  return true;
}

/**
 * Steps within which a row's voxels have found all that matters to them: no distance is larger than those that the plane
 * behind has in the same row, and a step more.
 */
function reach(y: usize): isize {
  const distance = sqrt<f64>(<f64>load<f32>(bounds + y * 4)) + sqrt<f64>(depthWeight);
  const steps = (distance * 1.000001) / sqrt<f64>(heightWeight);
  return steps < <f64>height ? <isize>steps + 1 : <isize>height;
}

/** A column without any finite height has nothing to find, and must not keep its neighbours searching. */
function alive<T>(first: isize, last: isize, step: isize): v128 {
  let lowest = infinite<T>();
  for (let at = first; at <= last; at += step) lowest = least<T>(lowest, v128.load(at));
  return v128.not(equal<T>(lowest, infinite<T>()));
}
