import {
  type DistributionOptions,
  distributionRules,
  evenTerms,
  numberWithin,
  oneOf,
  type Problem,
  readOptions,
  reduceSamples,
  type Settled,
  voxelNormalizer,
} from "@lossary/core-reduce";
import { mean, type Tensor, type Tensor1D } from "@tensorflow/tfjs-core";
import type { ChoiceTerm } from "./choice-term.ts";
import { countedVoxels } from "./counted-voxels.ts";
import { hardVoxels } from "./hard-voxels.ts";

/** The options of `topKLoss`. */
export interface TopKLossOptions extends DistributionOptions {
  /**
   * How much of the valid voxels to keep, above 0 and up to 100: K = max(1, round(percent / 100 × voxels)).
   * @defaultValue `10`
   */
  percent?: number;
  /**
   * Instead of `percent`: keep the voxels whose true class has a probability below this, or the hardest one where none has.
   * @defaultValue none
   */
  threshold?: number;
  /**
   * Whether the hardest voxels are those of the whole batch, or of each sample.
   * @defaultValue `"batch"`
   */
  per?: "batch" | "sample";
}

const topKRules = {
  ...distributionRules,
  percent: numberWithin(0, 100, 10),
  threshold: numberWithin(0, 1, undefined),
  per: oneOf("batch", "sample"),
};

/** `topKLoss` as a term of a compound. */
export const topKTerm: ChoiceTerm<TopKLossOptions> = {
  loss: "topKLoss",
  terms: (problem, options) => {
    const settled = readTopKOptions(options);
    return { ...evenTerms(problem, settled), labelSmoothing: settled.labelSmoothing };
  },
  choice: (problem, options) => {
    const settled = readTopKOptions(options);
    return {
      choose: (map) => hardVoxels(map, problem, countedVoxels(problem), settled),
      divisorOf: dividesByClasses(problem, settled)
        ? (weights) => voxelNormalizer({ ...problem, weights }, settled)
        : undefined,
    };
  },
  from: ({ costs, divisor }, options) => meanOfChosen(costs, divisor, readTopKOptions(options)),
};

/** Whether a mean divides by the weights of classes, and not of voxels alone. */
function dividesByClasses(
  { multiLabel }: Problem,
  { normalize }: Pick<Settled<typeof topKRules>, "normalize">,
): boolean {
  return normalize === "weights" && !multiLabel;
}

/** The mean of what was chosen, `[batch]`; `per: "sample"` takes the mean of the samples' means. */
function meanOfChosen(
  costs: Tensor1D,
  divisor: Tensor1D,
  { per, reduction }: Pick<Settled<typeof topKRules>, "per" | "reduction">,
): Tensor {
  const reduced = (asked: typeof reduction) => reduceSamples(costs, { reduction: asked }, () => divisor);
  return per === "sample" && reduction === "mean" ? mean(reduced("sample")) : reduced(reduction);
}

/** The options, read and checked against each other. */
export function readTopKOptions(options: TopKLossOptions | undefined) {
  if (options?.percent !== undefined && options.threshold !== undefined) {
    throw new Error("topKLoss: percent contradicts threshold; each of them says which voxels are kept");
  }
  for (const name of ["percent", "threshold"] as const) {
    if (options?.[name] === 0) throw new Error(`topKLoss: ${name} must be above 0 (got 0), or no voxel would be kept`);
  }
  return readOptions("topKLoss", options, topKRules);
}
