import { concat, mul, reshape, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import type { CrossEntropyInputs } from "./cross-entropy-terms.ts";
import { fusedChosenSums } from "./fused/reductions/chosen-sums.ts";
import { runConstant } from "./kernel.ts";
import type { VoxelChoice } from "./overlap-cross-entropy.ts";
import { sumMap } from "./sum-voxels.ts";

/** The sum of what was chosen of a map, and behind it what that is to be divided by, `[2 batch]`. */
export function chosenSums(
  map: Tensor2D,
  chosen: Tensor2D,
  divisorOf: VoxelChoice["divisorOf"],
  fused: boolean,
): Tensor1D {
  if (divisorOf) return concat([sumMap(mul(map, chosen), fused), divisorOf(chosen)]);
  const sums = runConstant(fusedChosenSums, { values: map, weights: chosen }, { classes: 1 }, fused, () =>
    concat([sumMap(mul(map, chosen), fused), sumMap(chosen, fused)]),
  );
  return reshape(sums, [-1]);
}

/** Inputs of which the coefficients carry the upstream gradients of the chosen sums, one a sample. */
export function withUpstream<Inputs extends CrossEntropyInputs>(inputs: Inputs, ofSamples: Tensor1D): Inputs {
  const scaled = (coefficients: Tensor2D) => mul(coefficients, reshape(ofSamples, [-1, 1])) as Tensor2D;
  const { positive, negative } = inputs;
  return { ...inputs, positive: scaled(positive), ...(negative && { negative: scaled(negative) }) };
}
