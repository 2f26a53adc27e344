import type { ErrorTerms, OverlapAndCosts, Problem, VoxelChoice } from "@lossary/core-reduce";
import type { Tensor } from "@tensorflow/tfjs-core";

/** A loss of voxels that are chosen by their cross entropy: what a compound needs to make it in the same pass over the voxels as another term. */
export interface ChoiceTerm<Options extends object> {
  /** The name of the loss, which errors carry. */
  readonly loss: string;
  /** The terms of the cross entropy of a prepared problem. */
  readonly terms: (problem: Problem, options?: Options) => ErrorTerms & { readonly labelSmoothing: number };
  /** How voxels are chosen. */
  readonly choice: (problem: Problem, options?: Options) => VoxelChoice;
  /** The loss, from the costs of what was chosen. */
  readonly from: (costs: Pick<OverlapAndCosts, "costs" | "divisor">, options?: Options) => Tensor;
}
