import { above, BUDGET, costOf, equal, infinite, least, loadLabels, plus } from "./lanes";
import { hasLabels, height, heights, heightWeight, lowered, padded, rowOf, stride, width } from "./layout";

/** Lowers every column's heights; false if the budget is spent. */
export function lowerColumns<T>(): bool {
  const vector = 16 / sizeof<T>();
  const rowBytes = stride * sizeof<T>();
  const labelBytes = stride * 2;
  const rows = <isize>height;
  let budget = <isize>(BUDGET * height * ((width + 2 * vector - 1) / (2 * vector)));
  for (let x: usize = 0; x < width; x += 2 * vector) {
    const top = heights + rowOf(0, sizeof<T>()) + x * sizeof<T>();
    const labelTop = padded + rowOf(0, 2) + x * 2;
    let live0 = infinite<T>();
    let live1 = infinite<T>();
    let changes0 = i64x2.splat(0);
    let changes1 = i64x2.splat(0);
    for (let y: isize = -1; y <= rows; y++) {
      const at = top + y * rowBytes;
      live0 = least<T>(live0, v128.load(at));
      live1 = least<T>(live1, v128.load(at, 16));
      if (hasLabels && y >= 0) {
        const here = labelTop + y * labelBytes;
        const before = here - labelBytes;
        changes0 = v128.or(changes0, v128.not(equal<T>(loadLabels<T>(here), loadLabels<T>(before))));
        changes1 = v128.or(
          changes1,
          v128.not(equal<T>(loadLabels<T>(here + vector * 2), loadLabels<T>(before + vector * 2))),
        );
      }
    }
    // a column without any finite height has nothing to find, and must not keep its neighbours searching
    const infinity = infinite<T>();
    live0 = v128.or(changes0, v128.not(equal<T>(live0, infinity)));
    live1 = v128.or(changes1, v128.not(equal<T>(live1, infinity)));
    for (let y: isize = 0; y < rows; y++) {
      const at = top + y * rowBytes;
      let best0 = v128.load(at);
      let best1 = v128.load(at, 16);
      const here = labelTop + y * labelBytes;
      const own0 = hasLabels ? loadLabels<T>(here) : infinity;
      const own1 = hasLabels ? loadLabels<T>(here + vector * 2) : infinity;
      let k: isize = 1;
      for (;;) {
        const cost = costOf<T>(<usize>k, heightWeight);
        const open = v128.or(v128.and(above<T>(best0, cost), live0), v128.and(above<T>(best1, cost), live1));
        if (!v128.any_true(open)) break;
        const up = y - k >= -1;
        const down = y + k <= rows;
        if (!up && !down) break;
        let near0 = infinity;
        let near1 = infinity;
        if (up) {
          near0 = v128.load(at - k * rowBytes);
          near1 = v128.load(at - k * rowBytes, 16);
          if (hasLabels) {
            const other = here - k * labelBytes;
            near0 = v128.and(near0, equal<T>(own0, loadLabels<T>(other)));
            near1 = v128.and(near1, equal<T>(own1, loadLabels<T>(other + vector * 2)));
          }
        }
        if (down) {
          let far0 = v128.load(at + k * rowBytes);
          let far1 = v128.load(at + k * rowBytes, 16);
          if (hasLabels) {
            const other = here + k * labelBytes;
            far0 = v128.and(far0, equal<T>(own0, loadLabels<T>(other)));
            far1 = v128.and(far1, equal<T>(own1, loadLabels<T>(other + vector * 2)));
          }
          near0 = least<T>(near0, far0);
          near1 = least<T>(near1, far1);
        }
        best0 = least<T>(best0, plus<T>(near0, cost));
        best1 = least<T>(best1, plus<T>(near1, cost));
        k++;
        if (sizeof<T>() === 2 && k > 255) break;
      }
      budget -= k;
      if (budget < 0) return false;
      const to = lowered + (at - heights);
      v128.store(to, best0);
      v128.store(to, best1, 16);
    }
  }
  return true;
}
