import { add, div, less, log, mul, square, type Tensor, tidy, where } from "@tensorflow/tfjs-core";
import { withGradient } from "./with-gradient.ts";

/**
 * ln (1 + x) for x of at least 0, exact to float32 where x is small: wasm and WebGL compute it as log(1 + x), which has no digits left there.
 *
 * ```math
 * \ln(1 + x) = 2\, \mathrm{artanh}\, s = 2 \left( s + \frac{s^3}{3} + \frac{s^5}{5} + \dots \right), \qquad s = \frac{x}{2 + x}
 * ```
 *
 * Up to x = 1/4 four terms are exact to 3e-9; above, the logarithm is.
 *
 * @param x - any tensor of numbers of at least 0
 * @returns ln (1 + x), the shape of `x`
 *
 * @example
 * ```ts
 * import { logOnePlus } from "@lossary/core-reduce";
 * import { tensor1d } from "@tensorflow/tfjs";
 *
 * logOnePlus(tensor1d([0, 1])).print(); // 0, 0.6931
 * ```
 */
export function logOnePlus<T extends Tensor>(x: T): T {
  return withGradient<T, T>(x, [x], logOnePlusOf, (upstream, [given]) => div(upstream, add(given as T, 1)));
}

function logOnePlusOf<T extends Tensor>(x: T): T {
  const ofSmall = tidy(() => {
    const s = tidy(() => div(x, add(x, 2)));
    return mul(
      mul(s, 2),
      tidy(() => seriesIn(square(s))),
    );
  });
  const ofLarge = tidy(() => log(add(x, 1)));
  return where(less(x, 0.25), ofSmall, ofLarge) as T;
}

/** 1 + z/3 + z^2/5 + z^3/7, of which no more than one term is alive at a time. */
function seriesIn(z: Tensor): Tensor {
  return tidy(() =>
    add(
      1,
      mul(
        z,
        tidy(() =>
          add(
            1 / 3,
            mul(
              z,
              tidy(() => add(1 / 5, mul(z, 1 / 7))),
            ),
          ),
        ),
      ),
    ),
  );
}
