import {
  add,
  cast,
  div,
  equal,
  fill,
  floor,
  greater,
  logicalAnd,
  maximum,
  mul,
  ones,
  range,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  topk,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { fusedSelectLargest } from "./fused/reductions/select-largest.ts";
import { runConstant } from "./kernel.ts";
import { detached } from "./stop-gradient.ts";
import { sumMap } from "./sum-voxels.ts";

/** Below every value that a finite map can hold. */
const lowest = -3e38;

/**
 * Selects the largest values of each row, as factors: 1 for what is selected, 0 for the rest.
 *
 * ```math
 * f_j = [x_j > t] + \frac{k - \#\{x > t\}}{\#\{x = t\}}\, [x_j = t]
 * ```
 *
 * t is the k-th largest of the counted values, k the percentage of their number, rounded, and at least 1.
 *
 * How many depends on how many count, which is only known on the device; so the threshold is looked up there, and nothing is read back.
 * Values equal to the threshold share the places that are left, so that no order of the voxels is preferred. The factors carry no
 * gradient: the selection is not differentiated, what is multiplied by them is.
 *
 * @param values - `[rows, count]`
 * @param counted - `[rows, count]`, above 0 where a value may be selected, 0 where it never is; `undefined` where every one may
 * @param percent - how much of the counted values to select, from 0 to 100; at least one is
 * @param fused - whether a fused kernel may run
 * @returns factors from 0 to 1, `[rows, count]`; all 0 in a row without a counted value
 *
 * @example
 * ```ts
 * import { selectLargest } from "@lossary/core-reduce";
 * import { tensor2d } from "@tensorflow/tfjs";
 *
 * selectLargest(tensor2d([[3, 1, 2, 9]]), tensor2d([[1, 1, 1, 0]]), 50).print(); // 1, 0, 1, 0
 * ```
 */
export function selectLargest(
  values: Tensor2D,
  counted: Tensor2D | undefined,
  percent: number,
  fused = true,
): Tensor2D {
  const inputs = { values, weights: counted };
  return runConstant(fusedSelectLargest, inputs, { percent, classes: 1 }, fused, () =>
    selectPortably(values, counted ?? ones(values.shape), percent),
  );
}

function selectPortably(values: Tensor2D, counted: Tensor2D, percent: number): Tensor2D {
  return detached(() => {
    const [rows, count] = values.shape;
    const isCounted = greater(counted, 0);
    const candidates = where(isCounted, values, fill([rows, count], lowest)) as Tensor2D;
    const available = sumMap(cast(isCounted, "float32") as Tensor2D);
    // percent, not a share: 29 % of 50 is 14.5 in float32, while 0.29 x 50 is a little less and rounds the other way
    const places = reshape(maximum(floor(add(div(mul(available, percent), 100), 0.5)), 1), [rows, 1]);
    const threshold = valueAt(candidates, sub(places, 1), placesAtMost(count, percent));
    const above = cast(greater(candidates, threshold), "float32") as Tensor2D;
    const level = cast(logicalAnd(equal(candidates, threshold), isCounted), "float32") as Tensor2D;
    const perTie = div(sub(places, column(sumMap(above))), maximum(column(sumMap(level)), 1));
    return add(above, mul(level, perTie));
  });
}

/** No row selects more places than it would if all of its values counted; one more, because float32 may round up. */
function placesAtMost(count: number, percent: number): number {
  return Math.min(count, Math.max(1, Math.round((count * percent) / 100)) + 1);
}

/** The value of each row that stands at a place, 0 being the largest, among the first `depth` places. */
function valueAt(candidates: Tensor2D, place: Tensor, depth: number): Tensor {
  const sorted = topk(candidates, depth, true).values;
  const isPlace = equal(reshape(range(0, depth, 1, "float32"), [1, depth]), place);
  return sum(where(isPlace, sorted, zerosLike(sorted)), 1, true);
}

function column(values: Tensor1D): Tensor {
  return reshape(values, [values.shape[0], 1]);
}
