import { add, cast, greater, maximum, mul, pow, sub, type Tensor } from "@tensorflow/tfjs-core";
import { detached } from "./stop-gradient.ts";
import { withGradient } from "./with-gradient.ts";

/** The inverse of what is below it leaves no room in float32 for the factors of a loss. */
const smallest = 1e-31;

/**
 * A power with a gradient that is finite everywhere.
 *
 * ```math
 * y = \max(x, 0)^k, \qquad \frac{dy}{dx} = k\, x^{k - 1} \ \text{above } 10^{-31}, \text{ else } 0
 * ```
 *
 * Below an exponent of 1 the true gradient is infinite at 0 and the one that tfjs gives is NaN or infinite; here it is 0 there
 * and for every x below 1e-31: a loss that is perfect has nothing left to learn.
 *
 * @param x - any tensor; values below 0, which only rounding makes, count as 0
 * @param exponent - k, a number above 0
 * @returns the power, the shape of `x`
 *
 * @example
 * ```ts
 * import { guardedPower } from "@lossary/core-reduce";
 * import { grad, tensor1d, type Tensor } from "@tensorflow/tfjs";
 *
 * grad((x: Tensor) => guardedPower(x, 0.5))(tensor1d([0, 4])).print(); // 0, 0.25
 * ```
 */
export function guardedPower<T extends Tensor>(x: T, exponent: number): T {
  return withGradient<T, T>(
    x,
    [x],
    (base) => pow(maximum(base, 0), exponent) as T,
    (upstream, [base]) => {
      const positive = detached(() => cast(greater(base as T, smallest), "float32"));
      // 1 stands in for such a base, so that no infinity arises that the factor 0 would turn into NaN
      const safeBase = add(mul(base as T, positive), sub(1, positive));
      return mul(upstream, mul(positive, mul(exponent, pow(safeBase, exponent - 1))));
    },
  );
}
