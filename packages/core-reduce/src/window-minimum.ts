import { add, cast, clone, div, equal, minimum, mul, type Tensor3D, tidy } from "@tensorflow/tfjs-core";
import { fusedWindowMinimum, fusedWindowMinimumGradient } from "./fused/reductions/window-minimum.ts";
import { runConstant } from "./kernel.ts";
import { attributesOf, type NeighbourWindow, neighbours, shift } from "./neighbour-window.ts";

/** Above every probability and within every float format; what lies outside of the image is never the smallest of a window. */
const outside = 1e4;

/**
 * The smallest value of each window of neighbours, of values below 10,000; a constant.
 *
 * ```math
 * y_i = \min_{j \in W(i)} x_j
 * ```
 *
 * W holds the voxel and its neighbours one step away along the axes of the window, as far as they are in the image. The portable form is made of
 * slices, comparisons and sums of rank 3. Pooling would be shorter and wrong: of windows without a value above 0 wasm returns its start value, its
 * gradient goes to other ties than elsewhere, and volumes would need rank 5.
 *
 * @param x - `[batch, voxels, classes]`
 * @param window - see {@link NeighbourWindow}
 * @returns the shape of `x`
 *
 * @example
 * ```ts
 * import { windowMinimum } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const window = { spatial: [5], axes: [0], fused: true };
 * windowMinimum(tensor3d([[[3], [1], [4], [5], [6]]]), window).print(); // 1, 1, 1, 4, 5
 * ```
 */
export function windowMinimum(x: Tensor3D, window: NeighbourWindow): Tensor3D {
  return runConstant(fusedWindowMinimum, { predictions: x }, attributesOf(window), window.fused, () =>
    tidy(() =>
      neighbours(window)
        .map(([axis, step]) => shift(x, axis, step, outside, window))
        .reduce<Tensor3D>((least, other) => minimum(least, other), clone(x)),
    ),
  );
}

/**
 * The gradient of {@link windowMinimum}. Values that are equally small share it evenly, so that it does not depend on where one begins to count.
 *
 * ```math
 * \frac{\partial L}{\partial x_j} = \sum_{i :\, j \in W(i)} \frac{[x_j = y_i]}{\#\{k \in W(i) : x_k = y_i\}}\, u_i
 * ```
 *
 * @param upstream - u, the gradient with respect to the minima, `[batch, voxels, classes]`
 * @param x - what the minima were taken of, the same shape
 * @param least - y, the minima, the same shape
 * @param window - see {@link NeighbourWindow}
 * @returns the shape of `x`, a constant
 *
 * @example
 * ```ts
 * import { windowMinimum, windowMinimumGradient } from "@lossary/core-reduce";
 * import { ones, type Rank, tensor3d } from "@tensorflow/tfjs";
 *
 * const window = { spatial: [5], axes: [0], fused: true };
 * const x = tensor3d([[[3], [1], [4], [5], [6]]]);
 * const upstream = ones<Rank.R3>([1, 5, 1]);
 * windowMinimumGradient(upstream, x, windowMinimum(x, window), window).print(); // 0, 3, 1, 1, 0
 * ```
 */
export function windowMinimumGradient(
  upstream: Tensor3D,
  x: Tensor3D,
  least: Tensor3D,
  window: NeighbourWindow,
): Tensor3D {
  const inputs = { predictions: x, least, upstream };
  return runConstant(fusedWindowMinimumGradient, inputs, attributesOf(window), window.fused, () =>
    tidy(() => {
      const isLeast = (values: Tensor3D): Tensor3D => cast(equal(values, least), "float32");
      const moved = (axis: number, step: number) => isLeast(shift(x, axis, step, outside, window));
      const own = isLeast(x);
      const ties = neighbours(window).reduce<Tensor3D>((count, [axis, step]) => add(count, moved(axis, step)), own);
      const share = div(upstream, ties) as Tensor3D;
      return neighbours(window).reduce<Tensor3D>(
        (sum, [axis, step]) => add(sum, shift(mul(share, moved(axis, step)), axis, -step, 0, window)),
        mul(share, own),
      );
    }),
  );
}
