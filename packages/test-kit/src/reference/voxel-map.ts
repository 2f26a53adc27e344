import type { ReferenceResult } from "./input.ts";
import type { Prepared } from "./prepare.ts";

/** What one voxel, of whatever class, contributes at (voxel index over the batch, class, element index). */
export type ElementTerm = (voxel: number, c: number, element: number) => number;

/** m_i = sum_c q_c term_ic: the voxel map of exclusive channels. */
export function sumOverClasses(prepared: Prepared, term: ElementTerm): Float64Array {
  const { classes, firstClass, q } = prepared;
  return prepared.v.map((_, i) => {
    let sum = 0;
    for (let c = firstClass; c < classes; c++) sum += (q[c] as number) * term(i, c, i * classes + c);
    return sum;
  });
}

/** m_i = mean over the channels that take part of q_c term_ic; `normalize: 'weights'` divides by their sum of q. */
export function meanOverChannels(prepared: Prepared, term: ElementTerm): Float64Array {
  const parts = prepared.q.slice(prepared.firstClass);
  const divisor = prepared.options.normalize === "weights" ? parts.reduce((sum, q) => sum + q, 0) : parts.length;
  return sumOverClasses(prepared, term).map((sum) => sum / divisor);
}

/**
 * Reduces a voxel map: the mean over valid voxels of the batch, the sum, one mean a sample, or the map itself, each
 * of v_i m_i. `share` is the part of a voxel that takes part (a top-K selection), in numerator and denominator alike.
 */
export function reduceVoxels(prepared: Prepared, map: Float64Array, share?: Float64Array): ReferenceResult {
  const { batch, voxels, v } = prepared;
  const weight = v.map((value, i) => value * (share?.[i] ?? 1));
  const weighted = map.map((m, i) => (weight[i] === 0 ? 0 : (weight[i] as number) * m));
  const mass = weight.map((value, i) => value * massOf(prepared, i));
  const total = (values: Float64Array) => values.reduce((sum, x) => sum + x, 0);
  const mean = (from: number, to: number) => {
    const divisor = total(mass.subarray(from, to));
    return divisor === 0 ? 0 : total(weighted.subarray(from, to)) / divisor;
  };
  switch (prepared.options.reduction ?? "mean") {
    case "none":
      return { values: weighted, shape: [batch, ...prepared.spatial] };
    case "sum":
      return { values: Float64Array.of(total(weighted)), shape: [] };
    case "sample":
      return {
        values: Float64Array.from({ length: batch }, (_, n) => mean(n * voxels, (n + 1) * voxels)),
        shape: [batch],
      };
    default:
      return { values: Float64Array.of(mean(0, batch * voxels)), shape: [] };
  }
}

// What a voxel counts in the denominator of a mean: 1, or the class weight that its target picked.
function massOf(prepared: Prepared, voxel: number): number {
  if (!prepared.exclusive || prepared.options.normalize !== "weights") return 1;
  const { classes, firstClass, g, q } = prepared;
  let sum = 0;
  for (let c = firstClass; c < classes; c++) sum += (q[c] as number) * (g[voxel * classes + c] as number);
  return sum;
}
