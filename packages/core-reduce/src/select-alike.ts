import {
  cast,
  fill,
  greater,
  greaterEqual,
  logicalAnd,
  min,
  mul,
  sub,
  type Tensor2D,
  where,
} from "@tensorflow/tfjs-core";
import type { Alike } from "./fused/alike.ts";
import { fusedSelectAlike } from "./fused/reductions/select-alike.ts";
import { runConstant } from "./kernel.ts";
import { selectLargest } from "./select-largest.ts";
import { detached } from "./stop-gradient.ts";

/** Beyond every value. */
const highest = 1e30;

/**
 * Selects the largest values of each row, and all that are as large as the last of them but for rounding: where values of symmetric places are alike,
 * rounding, which is another on every backend, must not choose between them.
 *
 * ```math
 * f_j = [\, x_j \ge (1 - s)\, t - d \,]\, [\, x_j > l \,]
 * ```
 *
 * t is the k-th largest of the counted values, as {@link selectLargest} finds it.
 *
 * @param values - `[rows, count]`, below 1e30
 * @param counted - as there
 * @param percent - as there
 * @param alike - the share s and the difference d by which a value may be smaller than t, and `least`, l, which it has to be above
 * @param fused - whether a fused kernel may run
 * @returns 0 or 1, `[rows, count]`, constant for every gradient
 *
 * @example
 * ```ts
 * import { selectAlike } from "@lossary/core-reduce";
 * import { tensor2d } from "@tensorflow/tfjs";
 *
 * const alike = { share: 0.01, difference: 0, least: 0 };
 * selectAlike(tensor2d([[3, 2.99, 2, 9]]), undefined, 50, alike).print(); // 1, 1, 0, 1
 * ```
 */
export function selectAlike(
  values: Tensor2D,
  counted: Tensor2D | undefined,
  percent: number,
  alike: Alike,
  fused = true,
): Tensor2D {
  const attributes = { percent, classes: 1, ...alike };
  return runConstant(fusedSelectAlike, { values, weights: counted }, attributes, fused, () =>
    detached(() => {
      const chosen = selectLargest(values, counted, percent, fused);
      const last = min(where(greater(chosen, 0), values, fill(values.shape, highest)), 1, true);
      const edge = sub(mul(last, 1 - alike.share), alike.difference);
      const isLarge = logicalAnd(greaterEqual(sub(values, edge), 0), greater(values, alike.least));
      return cast(counted ? logicalAnd(isLarge, greater(counted, 0)) : isLarge, "float32") as Tensor2D;
    }),
  );
}
