import { groupSums, holdsVoxels, type Overlap, type SettledRatio } from "@lossary/core-reduce";
import { mean, mul, reshape, sum, type Tensor, type Tensor1D } from "@tensorflow/tfjs-core";

/**
 * From sums to a loss whose classes share one ratio: whose voxels share it too, the equation, the reduction.
 *
 * @param sums - additive sums of each sample, `valid` among them
 * @param equation - the loss of each group (a sample, or the batch with `over: "batch"`), `[groups]`
 */
export function reduceGroups<Sums extends Pick<Overlap, "valid">>(
  who: string,
  sums: Sums,
  options: Pick<SettledRatio, "over" | "reduction">,
  equation: (sums: Sums) => Tensor1D,
): Tensor {
  const ofGroups = groupSums(who, sums, options);
  const losses = mul(equation(ofGroups), reshape(holdsVoxels(ofGroups), [-1]));
  if (options.reduction === "none" || options.reduction === "sample") return losses;
  return options.reduction === "sum" ? sum(losses) : mean(losses);
}
