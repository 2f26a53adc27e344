import type { ReferenceOptions } from "./options.ts";

/**
 * What every reference loss takes: the numbers of a batch in channels-last order, in float64.
 *
 * Element (sample n, voxel i, class c) of `predictions` lies at `(n * voxels + i) * classes + c`, as in a tensor
 * `[batch, ...spatial, classes]`; `voxels` is the product of the spatial sides.
 */
export interface ReferenceInput<Options extends object = ReferenceOptions> {
  /** `[batch, ...spatial, classes]`, the shape of the predictions. */
  readonly shape: readonly number[];
  /** Probabilities, or logits when the options name an activation. */
  readonly predictions: Float64Array;
  /**
   * Dense targets of the same size as the predictions, or class indices, one a voxel, as an `Int32Array` (for one
   * class: a 0/1 mask). An index outside the classes is ignored, as `ignoreLabel` is.
   */
  readonly labels: Float64Array | Int32Array;
  /** The options of the loss under the names that the loss has for them. */
  readonly options?: Options;
  /**
   * The predictions from which detached quantities are computed: prediction maps, top-K selections, sort orders.
   * Left out, they are the predictions themselves. Central differences set it, so that only what the loss
   * differentiates moves.
   */
  readonly detachedPredictions?: Float64Array;
}

/** The numbers of a loss in the shape that its `reduction` documents; `shape` is `[]` for a scalar. */
export interface ReferenceResult {
  /** One after the other, the last axis the fastest. */
  readonly values: Float64Array;
  /** The sides; none of one number. */
  readonly shape: number[];
}

/** A loss in float64, straight from its formula; of options of its own where it names them. */
export type ReferenceLoss<Options extends object = ReferenceOptions> = (
  input: ReferenceInput<Options>,
) => ReferenceResult;
