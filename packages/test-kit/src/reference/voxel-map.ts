import type { ReferenceResult } from "./input.ts";
import type { Prepared } from "./prepare.ts";

/** What one voxel, of whatever class, contributes at (voxel index over the batch, class, element index). */
export type ElementTerm = (voxel: number, c: number, element: number) => number;

/**
 * The voxel map of exclusive channels, $m_i = \sum_c q_c t_{ic}$.
 *
 * @param prepared - the input, whose options hold the class weights q
 * @param term - t of a voxel and class
 * @returns one number a voxel of the batch
 *
 * @example
 * ```ts
 * import { prepare, sumOverClasses } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 2, 2],
 *   predictions: Float64Array.of(0.9, 0.1, 0.6, 0.4),
 *   labels: Int32Array.of(0, 1),
 * };
 * const prepared = prepare(input);
 * const { g, logP } = prepared;
 * const map = sumOverClasses(prepared, (_voxel, _c, k) => -(g[k] ?? 0) * (logP[k] ?? 0));
 * console.log([...map].map((m) => m.toFixed(4)).join(" ")); // 0.1054 0.9163: -ln 0.9 and -ln 0.4
 * ```
 */
export function sumOverClasses(prepared: Prepared, term: ElementTerm): Float64Array {
  const { classes, firstClass, q } = prepared;
  return prepared.v.map((_, i) => {
    let sum = 0;
    for (let c = firstClass; c < classes; c++) sum += (q[c] as number) * term(i, c, i * classes + c);
    return sum;
  });
}

/**
 * The voxel map of independent channels, $m_i = \frac{1}{C} \sum_c q_c t_{ic}$ over those that take part; `normalize: 'weights'` divides by
 * their sum of q.
 *
 * @param prepared - the input, whose options hold the class weights q
 * @param term - t of a voxel and class
 * @returns one number a voxel of the batch
 *
 * @example
 * ```ts
 * import { meanOverChannels, prepare } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 * };
 * const prepared = prepare(input);
 * const { g, logP, logComplement } = prepared;
 * const map = meanOverChannels(prepared, (_voxel, _c, k) => (g[k] === 1 ? -(logP[k] ?? 0) : -(logComplement[k] ?? 0)));
 * console.log([...map].map((m) => m.toFixed(4)).join(" ")); // 0.1054 0.2231 0.5108 1.2040
 * ```
 */
export function meanOverChannels(prepared: Prepared, term: ElementTerm): Float64Array {
  const parts = prepared.q.slice(prepared.firstClass);
  const divisor = prepared.options.normalize === "weights" ? parts.reduce((sum, q) => sum + q, 0) : parts.length;
  return sumOverClasses(prepared, term).map((sum) => sum / divisor);
}

/**
 * Reduces a voxel map: the mean over valid voxels of the batch, the sum, one mean a sample, or the map itself, each
 * of v_i m_i. `share` is the part of a voxel that takes part (a top-K selection), in numerator and denominator alike.
 *
 * ```math
 * \frac{\sum_i v_i s_i m_i}{\sum_i v_i s_i}
 * ```
 *
 * @param prepared - the input, whose options say how
 * @param map - m, one number a voxel of the batch
 * @param share - s, all 1 where it is left out
 * @returns the numbers in the shape of the reduction
 *
 * @example
 * ```ts
 * import { meanOverChannels, prepare, reduceVoxels } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 * };
 * const prepared = prepare(input);
 * const { g, logP, logComplement } = prepared;
 * const map = meanOverChannels(prepared, (_voxel, _c, k) => (g[k] === 1 ? -(logP[k] ?? 0) : -(logComplement[k] ?? 0)));
 * console.log(reduceVoxels(prepared, map).values[0]); // 0.5108
 * ```
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
