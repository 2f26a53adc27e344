import { add, cast, div, equal, mul, sub, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { detached } from "./stop-gradient.ts";

/**
 * The guarded quotient that an empty class needs.
 *
 * ```math
 * \frac{a}{b}, \quad\text{and } 0 \text{ with a zero gradient where } b = 0
 * ```
 *
 * @param numerator - any tensor
 * @param denominator - a number, or a tensor that broadcasts with it
 * @returns the quotient, finite wherever numerator and denominator are
 *
 * @example
 * ```ts
 * import { safeDivide } from "@lossary/core-reduce";
 * import { tensor1d } from "@tensorflow/tfjs";
 *
 * safeDivide(tensor1d([1, 0]), tensor1d([4, 0])).print(); // 0.25, 0
 * ```
 */
export function safeDivide(numerator: Tensor, denominator: Tensor | number): Tensor {
  if (typeof denominator === "number") return denominator === 0 ? mul(numerator, 0) : div(numerator, denominator);
  return tidy(() => {
    const isZero = detached(() => cast(equal(denominator, 0), "float32"));
    return mul(div(numerator, add(denominator, isZero)), sub(1, isZero));
  });
}
