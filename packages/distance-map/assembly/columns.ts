import { COLUMNS_BUDGET, equal, infinite, least, loadLabels } from "./lanes";
import {
  bounds,
  columnCosts,
  depthWeight,
  hasLabels,
  height,
  heights,
  heightWeight,
  lowered,
  padded,
  reaches,
  rowOf,
  shortCosts,
  stride,
  width,
} from "./layout";
import { lower } from "./search";

/** Lowers every column's heights; false if the budget is spent. */
export function lowerColumns<T>(): bool {
  return hasLabels ? lowerAll<T, u16>() : lowerAll<T, bool>();
}

function lowerAll<T, Labels>(): bool {
  const step = <isize>(stride * sizeof<T>());
  const rows = <isize>height;
  const costs = sizeof<T>() === 2 ? shortCosts : columnCosts;
  const names = padded - (sizeof<T>() === 4 ? heights >> 1 : heights);
  for (let y: usize = 0; y < height; y++) store<isize>(reaches + y * sizeof<isize>(), reach(y));
  let budget = <isize>(COLUMNS_BUDGET * height * ((width + 15) / 16));
  for (let x: usize = 0; x < width; x += 16) {
    const first = <isize>(heights + rowOf(-1, sizeof<T>()) + x * sizeof<T>());
    const last = first + (rows + 1) * step;
    const live0 = alive<T, Labels>(first, last, step, names, 0);
    const live1 = alive<T, Labels>(first, last, step, names, 1);
    const live2 = sizeof<T>() === 4 ? alive<T, Labels>(first, last, step, names, 2) : live0;
    const live3 = sizeof<T>() === 4 ? alive<T, Labels>(first, last, step, names, 3) : live0;
    for (let y: isize = 0; y < rows; y++) {
      const at = first + (y + 1) * step;
      const to = <isize>lowered + (at - <isize>heights);
      const most = min<isize>(max<isize>(y + 1, rows - y), load<isize>(reaches + y * sizeof<isize>()));
      budget -= lower<T, Labels>(at, to, step, first, last, most, costs, names, live0, live1, live2, live3);
      if (budget < 0) return false;
    }
  }
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
function alive<T, Labels>(first: isize, last: isize, step: isize, names: isize, vector: isize): v128 {
  let least0 = infinite<T>();
  let changes = i64x2.splat(0);
  for (let at = first; at <= last; at += step) {
    least0 = least<T>(least0, v128.load(at + vector * 16));
    if (sizeof<Labels>() === 2 && at > first) {
      const here = (sizeof<T>() === 4 ? at >> 1 : at) + names;
      const before = here - (sizeof<T>() === 4 ? step >> 1 : step);
      changes = v128.or(changes, v128.not(equal<T>(loadLabels<T>(here, vector), loadLabels<T>(before, vector))));
    }
  }
  return v128.or(changes, v128.not(equal<T>(least0, infinite<T>())));
}
