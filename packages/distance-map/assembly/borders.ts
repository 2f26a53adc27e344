import { least, runEnd, squaresOf } from "./lanes";
import { border, counts, found, height, heights, heightWeight, lowered, rowCosts, rowOf, shortCosts, stride, width } from "./layout";

/**
 * Where every label counts, a voxel of another label is background. The nearest ones along a line stand at the ends of
 * the voxel's own run; with them as the best so far the search goes on as if there were no labels, for whatever it
 * finds beyond the ends of the run costs more than the ends themselves.
 */

/** Heights of sixteen columns, lowered to the ends of their runs, into `lowered`. */
export function borderColumns<T>(x: usize, labels: usize): void {
  const one = i16x8.splat(1);
  const far = i16x8.splat(-1);
  const zero = i16x8.splat(0);
  const rows = <isize>height;
  for (let vector: usize = 0; vector < 2; vector++) {
    const first = labels + (x + vector * 8) * 2;
    const end = first + (height - 1) * width * 2;
    let count = far;
    // label 0 stands outside, or what the last voxel has: no other label
    let before = border ? zero : v128.load(first);
    for (let y: isize = 0; y < rows; y++) {
      const own = v128.load(first + y * width * 2);
      count = v128.bitselect(v128.add_sat<u16>(count, one), one, v128.eq<i16>(own, before));
      v128.store(counts + y * 16, count);
      before = own;
    }
    count = far;
    before = border ? zero : v128.load(end);
    for (let y = rows - 1; y >= 0; y--) {
      const own = v128.load(first + y * width * 2);
      count = v128.bitselect(v128.add_sat<u16>(count, one), one, v128.eq<i16>(own, before));
      before = own;
      const nearest = v128.min<u16>(count, v128.load(counts + y * 16));
      const at = rowOf(y, sizeof<T>()) + (x + vector * 8) * sizeof<T>();
      v128.store(lowered + at, least<T>(v128.load(heights + at), squaresOf<T>(nearest, 0, heightWeight)));
      if (sizeof<T>() === 4) {
        v128.store(lowered + at, least<T>(v128.load(heights + at, 16), squaresOf<T>(nearest, 1, heightWeight)), 16);
      }
    }
  }
}

/** A row of heights, lowered to the ends of its runs, into `found`. */
export function borderRow<T>(row: usize, labels: usize): void {
  const costs = sizeof<T>() === 2 ? shortCosts : rowCosts;
  const lanes = 16 / sizeof<T>();
  let p: usize = 0;
  while (p < width) {
    const from = p;
    const label = load<u16>(labels + p * 2);
    p = runEnd(labels, p, width);
    const outside = border && label !== 0;
    const left = outside || from > 0;
    const right = outside || p < width;
    for (let x = from; x < p; x += lanes) {
      let best = v128.load(row + x * sizeof<T>());
      if (left) best = least<T>(best, v128.load(costs + (x - from + 1) * sizeof<T>()));
      if (right) best = least<T>(best, v128.load(costs - (p - x) * sizeof<T>()));
      v128.store(found + x * sizeof<T>(), best);
    }
  }
}
