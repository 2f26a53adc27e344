import { add, clone, type Tensor3D, tidy } from "@tensorflow/tfjs-core";
import { fusedWindowSum } from "./fused/reductions/window-sum.ts";
import { runConstant } from "./kernel.ts";
import { attributesOf, type NeighbourWindow, neighbours, shift } from "./neighbour-window.ts";

/**
 * The sum of each window of neighbours; a constant. It is its own transpose: the gradient with respect to `x` is the `windowSum` of that
 * with respect to the sums.
 *
 * ```math
 * y_i = \sum_{j \in W(i)} x_j
 * ```
 *
 * W holds the voxel and its neighbours one step away along the axes of the window; beyond the image there is nothing.
 *
 * @param x - `[batch, voxels, classes]`
 * @param window - see {@link NeighbourWindow}
 * @returns the shape of `x`
 *
 * @example
 * ```ts
 * import { windowSum } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const window = { spatial: [5], axes: [0], fused: true };
 * windowSum(tensor3d([[[3], [1], [4], [5], [6]]]), window).print(); // 4, 8, 10, 15, 11
 * ```
 */
export function windowSum(x: Tensor3D, window: NeighbourWindow): Tensor3D {
  return runConstant(fusedWindowSum, { predictions: x }, attributesOf(window), window.fused, () =>
    tidy(() =>
      neighbours(window)
        .map(([axis, step]) => shift(x, axis, step, 0, window))
        .reduce<Tensor3D>((sum, other) => add(sum, other), clone(x)),
    ),
  );
}
