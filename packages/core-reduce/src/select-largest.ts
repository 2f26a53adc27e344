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
import { detached } from "./stop-gradient.ts";
import { sumMap } from "./sum-voxels.ts";

/** Below every value that a finite map can hold. */
const lowest = -3e38;

/**
 * Selects the largest values of each row, as factors: 1 for what is selected, 0 for the rest.
 *
 * How many depends on how many count, which is only known on the device; so the threshold is looked up there, and nothing is read back.
 * Values equal to the threshold share the places that are left, so that no order of the voxels is preferred. The factors carry no
 * gradient: the selection is not differentiated, what is multiplied by them is.
 *
 * @param values - `[rows, count]`
 * @param counted - `[rows, count]`, 1 where a value may be selected, 0 where it never is
 * @param share - the share of the counted values to select, in (0, 1]; at least one is
 * @returns factors from 0 to 1, `[rows, count]`
 *
 * @example
 * ```ts
 * import { selectLargest } from "@lossary/core-reduce";
 * import { tensor2d } from "@tensorflow/tfjs";
 *
 * selectLargest(tensor2d([[3, 1, 2, 9]]), tensor2d([[1, 1, 1, 0]]), 2 / 3).print(); // 1, 0, 1, 0
 * ```
 */
export function selectLargest(values: Tensor2D, counted: Tensor2D, share: number): Tensor2D {
  return detached(() => {
    const [rows, count] = values.shape;
    const isCounted = greater(counted, 0);
    const candidates = where(isCounted, values, fill([rows, count], lowest)) as Tensor2D;
    const available = sumMap(cast(isCounted, "float32") as Tensor2D);
    const places = reshape(maximum(floor(add(mul(available, share), 0.5)), 1), [rows, 1]);
    const threshold = valueAt(candidates, sub(places, 1));
    const above = cast(greater(candidates, threshold), "float32") as Tensor2D;
    const level = cast(logicalAnd(equal(candidates, threshold), isCounted), "float32") as Tensor2D;
    const perTie = div(sub(places, column(sumMap(above))), maximum(column(sumMap(level)), 1));
    return add(above, mul(level, perTie));
  });
}

/** The value of each row that stands at a place, 0 being the largest. */
function valueAt(candidates: Tensor2D, place: Tensor): Tensor {
  const count = candidates.shape[1];
  const sorted = topk(candidates, count, true).values;
  const isPlace = equal(reshape(range(0, count, 1, "float32"), [1, count]), place);
  return sum(where(isPlace, sorted, zerosLike(sorted)), 1, true);
}

function column(values: Tensor1D): Tensor {
  return reshape(values, [values.shape[0], 1]);
}
