import { mul, sum, type Tensor, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import { labelledSums, validVoxels } from "./counts.ts";
import { type ClassWeighting, takingWeights } from "./cross-entropy.ts";
import type { SettledShared } from "./options.ts";
import { restoreSpatial } from "./probabilities.ts";
import type { Problem } from "./problem.ts";
import { safeDivide } from "./safe-divide.ts";
import { sumMap } from "./sum-voxels.ts";

/**
 * Reduces a voxel map whose ignored voxels are 0: the mean over valid voxels, the sum, one mean a sample, or the map itself.
 * Where no voxel is valid the mean is 0, with zero gradients.
 *
 * @param map - `[batch, voxels]`
 * @param normalizer - what each sample's mean divides by, `[batch]`
 */
export function reduceVoxels(
  map: Tensor2D,
  problem: Problem,
  options: Pick<SettledShared, "reduction">,
  normalizer: () => Tensor1D,
): Tensor {
  if (options.reduction === "none") return restoreSpatial(map, problem);
  return reduceSamples(sumMap(map, problem.fused), options, normalizer);
}

/** Reduces the sums of samples, `[batch]`, as `reduceVoxels` does. */
export function reduceSamples(
  sums: Tensor1D,
  options: Pick<SettledShared, "reduction">,
  normalizer: () => Tensor1D,
): Tensor {
  if (options.reduction === "sum") return sum(sums);
  if (options.reduction === "sample") return safeDivide(sums, normalizer());
  return safeDivide(sum(sums), sum(normalizer()));
}

/** The weight of the voxels of each sample; with `normalize: "weights"` and exclusive classes each counts as much as its class weighs; `[batch]`. */
export function voxelNormalizer(problem: Problem, weighting: ClassWeighting): Tensor1D {
  return normalizerOf(validVoxels(problem), () => labelledSums(problem), problem, weighting);
}

/** `voxelNormalizer` from sums: `valid` is `[batch, 1]`, `labelled` `[batch, classes]`. */
export function normalizerOf(
  valid: Tensor2D,
  labelled: () => Tensor2D,
  classes: Pick<Problem, "classes" | "multiLabel">,
  weighting: ClassWeighting,
): Tensor1D {
  if (weighting.normalize === "count" || classes.multiLabel) return sum(valid, 1);
  return sum(mul(labelled(), takingWeights(classes, weighting)), 1);
}
