import type { Fielded, Problem } from "@lossary/core-reduce";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";

/**
 * A loss that is an equation on sums over a field: what a compound needs to make it in the same pass over the voxels as another term.
 */
export interface FieldTerm<Options extends object> {
  /** The name of the loss, which errors carry. */
  readonly loss: string;
  /** What the field multiplies. */
  readonly fielded: Fielded;
  /** The field of a prepared problem, `[batch, voxels, classes]`, constant for every gradient. */
  readonly field: (problem: Problem, options?: Options) => Tensor3D;
  /**
   * The loss.
   *
   * @param sums - the sums of v times the field times what it multiplies, of all classes, `[batch, classes]`
   * @param valid - sum v, `[batch, 1]`
   */
  readonly from: (sums: Tensor2D, valid: Tensor2D, options?: Options) => Tensor;
}
