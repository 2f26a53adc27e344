import type { ReferenceResult } from "./input.ts";
import type { OverlapSums } from "./overlap.ts";
import type { Prepared } from "./prepare.ts";

/** One entry a (group, class): its loss, whether the target holds the class, and its mean probability. */
interface ClassLoss {
  readonly loss: number;
  readonly present: boolean;
}

/**
 * Reduces losses `[group][class]`: drops the background, applies `emptyClass` and the class weights, then takes the mean over
 * classes and the mean over groups, or what `reduction` asks for.
 *
 * ```math
 * \frac{1}{N} \sum_n \frac{1}{C} \sum_c q_c L_{nc}
 * ```
 *
 * @param prepared - the input, whose options say how
 * @param sums - those of {@link overlap}
 * @param loss - L of one group (a sample, or the batch) and class, from its sums
 * @returns the numbers in the shape of the reduction
 *
 * @example
 * ```ts
 * import { overlap, prepare, reduceClasses, score } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 * };
 * const prepared = prepare(input);
 * const recall = ({ intersection, labelled }: { intersection: number; labelled: number }) => score(intersection, labelled);
 * const { values } = reduceClasses(prepared, overlap(prepared), (sums) => 1 - recall(sums));
 * console.log(...values); // 0.4: the mean of what is missed, 0.1, 0.4 and 0.7
 * ```
 */
export function reduceClasses(
  prepared: Prepared,
  sums: readonly (readonly OverlapSums[])[],
  loss: (sums: OverlapSums, group: number, c: number) => number,
): ReferenceResult {
  const { options, firstClass, q } = prepared;
  const groups = sums.map((row, group) =>
    row.slice(firstClass).map((entry, k): ClassLoss => {
      const present = entry.labelled > 0;
      if (entry.volume === 0) return { loss: 0, present };
      const penalized = options.emptyClass === "penalize" && !present;
      return { loss: penalized ? entry.predicted / entry.volume : loss(entry, group, firstClass + k), present };
    }),
  );
  return reduceGroups(prepared, groups, q.slice(firstClass));
}

function reduceGroups(prepared: Prepared, groups: ClassLoss[][], q: readonly number[]): ReferenceResult {
  const { options } = prepared;
  const counts = (entry: ClassLoss) => options.emptyClass !== "skip" || entry.present;
  const weighted = groups.map((row) => row.map((entry, c) => (counts(entry) ? entry.loss * (q[c] as number) : 0)));
  const means = weighted.map((row, group) => {
    const mass = (groups[group] as ClassLoss[]).map((entry, c) =>
      counts(entry) ? (options.normalize === "weights" ? (q[c] as number) : 1) : 0,
    );
    const divisor = total(mass);
    return divisor === 0 ? 0 : total(row) / divisor;
  });
  switch (options.reduction ?? "mean") {
    case "none":
      return { values: Float64Array.from(weighted.flat()), shape: [groups.length, q.length] };
    case "sum":
      return { values: Float64Array.of(total(weighted.flat())), shape: [] };
    case "sample":
      return { values: Float64Array.from(means), shape: [groups.length] };
    default:
      return { values: Float64Array.of(total(means) / means.length), shape: [] };
  }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0);
}
