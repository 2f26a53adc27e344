import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { Ball } from "./fused/balls.ts";
import { fusedBallErrorSums } from "./fused/reductions/ball-error-sums.ts";
import { type KernelInputs, runKernel } from "./kernel.ts";

/** What {@link ballErrorSums} is made of where no fused kernel runs. */
export interface PortableBallErrors {
  /** The sums, `[batch, classes]`. */
  readonly forward: (inputs: KernelInputs) => Tensor2D;
  /** The gradient with respect to the predictions, given that with respect to the sums. */
  readonly backward: (upstream: Tensor2D, inputs: KernelInputs) => Tensor3D;
}

/** The image that {@link ballErrorSums} looks at. */
export interface BallErrorAttributes {
  /** The sides of the image. */
  readonly spatial: readonly number[];
  /** The balls, symmetric to their centre, none reaching further than the image. */
  readonly balls: readonly Ball[];
  /** Whether a fused kernel may run. */
  readonly fused: boolean;
}

/**
 * The sums of squared errors, each weighed with the balls around it that hold nothing of the other side.
 *
 * ```math
 * S_{nc} = \sum_i v_i \sum_B w_B (p - g)^2 \left[ g \left( s(1 - P) + s(G) \right) + p \left( s(1 - G) + s(P) \right) \right], \qquad s(x) = \max(2x - 1, 0)
 * ```
 *
 * P and G are the means of p and g over the voxels of the ball B around voxel i that are in the image and have a weight.
 *
 * @param inputs - probabilities `[batch, voxels, classes]`, labels and weights; ignored labels have the weight 0
 * @param attributes - see {@link BallErrorAttributes}
 * @param portable - see {@link PortableBallErrors}
 * @returns `[batch, classes]`, at least 0, differentiable with respect to the probabilities
 *
 * @example
 * ```ts
 * import { ballErrorSums } from "@lossary/core-reduce";
 * import { tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * // three missed voxels, balls of three: two thirds, all and two thirds of them are truth, and nothing is predicted
 * const labels = tensor2d([[0, 0, 1, 1, 1, 0, 0]], [1, 7], "int32");
 * const balls = [{ weight: 1, rows: [{ offset: [], half: 1 }] }];
 * const refused = (): never => {
 *   throw new Error("there is no portable implementation");
 * };
 * ballErrorSums({ predictions: zeros([1, 7, 1]), labels }, { spatial: [7], balls, fused: true }, {
 *   forward: refused,
 *   backward: refused,
 * }).print(); // 4.6667
 * ```
 */
export function ballErrorSums(
  inputs: KernelInputs,
  { spatial, balls, fused }: BallErrorAttributes,
  portable: PortableBallErrors,
): Tensor2D {
  const kernel = {
    fused: fusedBallErrorSums,
    forward: (given: KernelInputs) => portable.forward(given),
    backward: (upstream: Tensor, given: KernelInputs) => portable.backward(upstream as Tensor2D, given),
  };
  const attributes = { activation: "none", ignoreLabel: Number.NaN, spatial, balls } as const;
  return runKernel(kernel, inputs, attributes, fused) as Tensor2D;
}
