import { add, customGrad, div, type GradSaveFunc, maximum, mul, neg, square, type Tensor } from "@tensorflow/tfjs-core";
import { safeDivide } from "./safe-divide.ts";

/**
 * The loss that every ratio of overlap sums ends in, with what is right over the whole; 0 where the denominator is 0.
 *
 * ```math
 * L = 1 - \frac{R + s_N}{R + E + s_D} = \frac{E + s_D - s_N}{R + E + s_D}
 * ```
 *
 * E are the errors, R what is right: for Dice FP + FN and 2 I, for IoU FP + FN and I. Formed from the errors, a nearly perfect prediction
 * keeps the digits of its loss; and the gradients (R + sN) / d^2 and -(E + sD - sN) / d^2 have no difference of near equals in them,
 * as those of a quotient, 1 / d - n / d^2, have.
 *
 * @param errors - E, any shape
 * @param right - R, the same shape
 * @param smoothing - sN and sD, as {@link smoothing} returns them
 * @returns the loss, the shape of `errors`, with gradients with respect to both
 *
 * @example
 * ```ts
 * import { oneMinusRatio } from "@lossary/core-reduce";
 * import { tensor1d } from "@tensorflow/tfjs";
 *
 * const none = { smoothNumerator: 0, smoothDenominator: 0 };
 * oneMinusRatio(tensor1d([1, 0]), tensor1d([3, 0]), none).print(); // 0.25, 0
 * ```
 */
export function oneMinusRatio<T extends Tensor>(
  errors: T,
  right: T,
  { smoothNumerator, smoothDenominator }: { smoothNumerator: number; smoothDenominator: number },
): T {
  const wrongOf = (e: Tensor) => plus(e, smoothDenominator - smoothNumerator);
  // where what is added keeps both quotients finite, nothing must be guarded but this: sums of what is no distribution can be below 0
  const isAboveZero = smoothDenominator >= leastToDivideBy && smoothNumerator <= smoothDenominator / leastToDivideBy;
  const wholeOf = (e: Tensor, r: Tensor) => {
    const whole = plus(add(e, r), smoothDenominator);
    return isAboveZero ? maximum(whole, smoothDenominator) : whole;
  };
  const ratio = customGrad<T>((...given: (Tensor | GradSaveFunc)[]) => {
    const [e, r, save] = given as [T, T, GradSaveFunc];
    save([e, r]);
    return {
      value: (isAboveZero ? div : safeDivide)(wrongOf(e), wholeOf(e, r)) as T,
      gradFunc: (upstream, saved) => {
        const [e, r] = saved as [Tensor, Tensor];
        const whole = wholeOf(e, r);
        const [right, wrong] = [plus(r, smoothNumerator), wrongOf(e)];
        if (isAboveZero) {
          const overSquare = (x: Tensor) => div(mul(upstream, div(x, whole)), whole);
          return [overSquare(right), neg(overSquare(wrong))];
        }
        const squared = square(whole);
        return [mul(upstream, safeDivide(right, squared)), mul(upstream, neg(safeDivide(wrong, squared)))];
      },
    };
  });
  return ratio(errors, right);
}

/** A number divided by this and by such a number again is finite. */
const leastToDivideBy = 1e-12;

/** A sum with a number, which is not added where it is 0. */
function plus(x: Tensor, number: number): Tensor {
  return number === 0 ? x : add(x, number);
}
