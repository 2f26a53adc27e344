/**
 * The other axes by search (after Saito and Toriwaki, 1994): k steps to both sides of a voxel while k steps alone cost
 * less than the best so far. Where distances are short nothing is faster; the steps are counted, and where they are
 * many the caller takes lower envelopes instead.
 */

/** Steps of a search that cost about as much as a voxel of an envelope: columns have to be gathered for it besides. */
const COLUMN_STEPS = 4;
const ROW_STEPS = 3;

/** The cost of 0, 1, 2 ... steps, beyond the ends of `length` voxels too. */
export function createCosts(length: number, weight: number): Float64Array {
  return Float64Array.from({ length: length + 2 }, (_, k) => weight * k * k);
}

/** Writes every column's lowered heights to `lowered`, a row's as far as `reaches` says; false if that is too far. */
export function searchColumns(
  values: Float64Array,
  lowered: Float64Array,
  height: number,
  width: number,
  border: boolean,
  costs: Float64Array,
  reaches: Int32Array,
): boolean {
  const one = costs[1] as number;
  let budget = COLUMN_STEPS * height * width;
  for (let y = 0; y < height && budget > 0; y++) {
    const both = Math.min(y, height - 1 - y);
    const forth = y === both ? width : -width;
    const most = Math.min(height - 1 - both, reaches[y] as number);
    const inner = Math.min(both, most);
    const outside = border ? (costs[both + 1] as number) : Infinity;
    for (let i = y * width; i < (y + 1) * width; i++) {
      let best = values[i] as number;
      if (best > one) {
        if (outside < best) best = outside;
        let k = 1;
        for (; k <= inner; k++) {
          const cost = costs[k] as number;
          if (cost >= best) break;
          const before = (values[i - k * width] as number) + cost;
          const after = (values[i + k * width] as number) + cost;
          if (before < best) best = before;
          if (after < best) best = after;
        }
        if (k > inner) {
          for (; k <= most; k++) {
            const cost = costs[k] as number;
            if (cost >= best) break;
            const beyond = (values[i + k * forth] as number) + cost;
            if (beyond < best) best = beyond;
          }
        }
        budget -= k;
      }
      lowered[i] = best;
    }
  }
  return budget > 0;
}

/** Lowers the heights of the row `values[start, start + width)` into `lowered`; false if that takes too many steps. */
export function searchRow(
  values: Float64Array,
  start: number,
  width: number,
  border: boolean,
  costs: Float64Array,
  lowered: Float64Array,
): boolean {
  const one = costs[1] as number;
  let budget = ROW_STEPS * width;
  for (let x = 0; x < width; x++) {
    const i = start + x;
    let best = values[i] as number;
    if (best > one) {
      const both = Math.min(x, width - 1 - x);
      const most = width - 1 - both;
      const forth = x === both ? 1 : -1;
      if (border) best = Math.min(best, costs[both + 1] as number);
      let k = 1;
      for (; k <= both; k++) {
        const cost = costs[k] as number;
        if (cost >= best) break;
        const before = (values[i - k] as number) + cost;
        const after = (values[i + k] as number) + cost;
        if (before < best) best = before;
        if (after < best) best = after;
      }
      if (k > both) {
        for (; k <= most; k++) {
          const cost = costs[k] as number;
          if (cost >= best) break;
          const beyond = (values[i + k * forth] as number) + cost;
          if (beyond < best) best = beyond;
        }
      }
      budget -= k;
      if (budget < 0) return false;
    }
    lowered[x] = best;
  }
  return true;
}
