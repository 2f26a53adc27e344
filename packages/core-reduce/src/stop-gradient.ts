import { clone, customGrad, scalar, type Tensor, tidy, zerosLike } from "@tensorflow/tfjs-core";
import { withGradient } from "./with-gradient.ts";

/**
 * The same values, through which no gradient flows: tfjs has no such op.
 *
 * @param x - any tensor
 * @returns a tensor equal to `x`, whose gradient with respect to `x` is zero. To compare it with something, use {@link detached}:
 * tfjs wants a gradient of every op on the way back, even where the way ends in a zero
 *
 * @example
 * ```ts
 * import { stopGradient } from "@lossary/core-reduce";
 * import { grad, mul, tensor1d, type Tensor } from "@tensorflow/tfjs";
 *
 * const slope = grad((x: Tensor) => mul(x, stopGradient(x)))(tensor1d([3]));
 * slope.print(); // 3, not 6
 * ```
 */
export function stopGradient<T extends Tensor>(x: T): T {
  return withGradient<T, T>(x, [], clone, zerosLike);
}

/**
 * Computes something that is constant as far as gradients are concerned, whatever it reads. Comparisons, argMax or topk belong in here:
 * tfjs has no gradient for them and throws as soon as they stand on the way back, even where the way ends in a zero.
 *
 * @param compute - makes one tensor; everything else that it makes is disposed
 * @returns what `compute` made
 *
 * @example
 * ```ts
 * import { detached } from "@lossary/core-reduce";
 * import { cast, grad, greater, mul, tensor1d, type Tensor } from "@tensorflow/tfjs";
 *
 * const positivePart = (x: Tensor) => mul(x, detached(() => cast(greater(x, 0), "float32")));
 * grad(positivePart)(tensor1d([-1, 2])).print(); // 0, 1
 * ```
 */
export function detached<T extends Tensor>(compute: () => T): T {
  // what runs inside a custom gradient is not recorded; hung on a constant, it is out of reach of every gradient
  return tidy(() => customGrad<T>(() => ({ value: compute(), gradFunc: () => scalar(0) }))(scalar(0)));
}
