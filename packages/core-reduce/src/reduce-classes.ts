import {
  add,
  cast,
  greater,
  mean,
  mul,
  onesLike,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
} from "@tensorflow/tfjs-core";
import { refuse } from "./errors.ts";
import { type SettledRatio, type SettledShared, smoothing } from "./options.ts";
import type { Overlap } from "./overlap.ts";
import { safeDivide } from "./safe-divide.ts";
import { detached } from "./stop-gradient.ts";

/** The smoothing constants of a ratio, as its equation takes them. */
export type Smoothing = ReturnType<typeof smoothing>;

/** The options that the reduction of a ratio reads. */
export type RatioReduction = Pick<
  SettledRatio,
  "reduction" | "classWeights" | "normalize" | "includeBackground" | "over" | "emptyClass"
> &
  Parameters<typeof smoothing>[0];

/** What the reduction of a ratio asks of the sums of a group: a sample, or the batch with `over: "batch"`. */
export type ClassSums = Pick<Overlap, "predicted" | "labelled" | "valid">;

/**
 * From sums to the loss that a caller asked for: whose voxels share a ratio, the equation, absent classes, the reduction.
 *
 * @param sums - overlap sums, or any other additive sums that hold `predicted`, `labelled` and `valid` too
 * @param equation - the loss of each (sample, class), in the sums and the smoothing constants
 */
export function reduceRatio<Sums extends ClassSums>(
  who: string,
  sums: Sums,
  options: RatioReduction,
  equation: (sums: Sums, smoothing: Smoothing) => Tensor,
): Tensor {
  const ofGroups = groupSums(who, sums, options);
  const ratio = equation(ofGroups, smoothing(options));
  const counted = (loss: Tensor) => mul(loss, holdsVoxels(ofGroups)) as Tensor2D;
  if (options.emptyClass === "smooth") return reduceClasses(who, counted(ratio), options);
  const present = detached(() => cast(greater(ofGroups.labelled, 0), "float32"));
  if (options.emptyClass === "skip") return reduceClasses(who, counted(ratio), options, present);
  const meanProbability = safeDivide(ofGroups.predicted, ofGroups.valid);
  return reduceClasses(who, counted(add(mul(present, ratio), mul(sub(1, present), meanProbability))), options);
}

/** The sums of the groups whose voxels share a ratio: of each sample, or of the batch. */
export function groupSums<Sums extends object>(
  who: string,
  sums: Sums,
  options: Pick<SettledRatio, "over" | "reduction">,
): Sums {
  if (options.over === "batch" && options.reduction === "sample") {
    throw new Error(`${who}: reduction "sample" contradicts over "batch", which has one ratio for all samples`);
  }
  return options.over === "batch" ? sumBatch(sums) : sums;
}

/** 1 for each group that has a voxel that counts, else 0, `[groups, 1]`: where everything is ignored the loss is 0. */
export function holdsVoxels({ valid }: Pick<Overlap, "valid">): Tensor2D {
  return detached(() => cast(greater(valid, 0), "float32") as Tensor2D);
}

/**
 * Reduces one loss a (sample, class): the weighted mean over the classes that take part, then the mean over samples.
 * Classes come first, so that a rare class weighs as much as a common one.
 *
 * @param losses - `[batch, classes]`, without the background where that is left out
 * @param taking - `[batch, classes]`, 1 where the class takes part; left out where all do
 */
export function reduceClasses(
  who: string,
  losses: Tensor2D,
  options: Pick<SettledShared, "reduction" | "classWeights" | "normalize" | "includeBackground">,
  taking?: Tensor,
): Tensor {
  if (taking === undefined && options.classWeights === undefined) return reduceEvenly(losses, options.reduction);
  return reduceWeighted(who, losses, options, taking ?? onesLike(losses));
}

/** The same where every class counts as much as any other: a mean of means is one mean. */
function reduceEvenly(losses: Tensor2D, reduction: SettledShared["reduction"]): Tensor {
  if (reduction === "none") return losses;
  if (reduction === "sum") return sum(losses);
  return reduction === "sample" ? mean(losses, 1) : mean(losses);
}

function reduceWeighted(
  who: string,
  losses: Tensor2D,
  options: Pick<SettledShared, "reduction" | "classWeights" | "normalize" | "includeBackground">,
  taking: Tensor,
): Tensor {
  const shares = mul(taking, classShares(who, losses.shape[1], options));
  const weighted = mul(losses, shares);
  if (options.reduction === "none") return weighted;
  if (options.reduction === "sum") return sum(weighted);
  const ofSample = safeDivide(sum(weighted, 1), sum(options.normalize === "weights" ? shares : taking, 1));
  return options.reduction === "sample" ? ofSample : mean(ofSample);
}

/** The class weights of the classes that are there, `[1, classes]`. */
export function classShares(
  who: string,
  classes: number,
  options: Pick<SettledShared, "classWeights" | "includeBackground">,
): Tensor {
  const given = options.classWeights ?? new Array<number>(options.includeBackground ? classes : classes + 1).fill(1);
  const shares = options.includeBackground ? given : given.slice(1);
  if (shares.length !== classes) {
    const expected = options.includeBackground ? classes : classes + 1;
    refuse(who, "classWeights", `${expected} numbers, one a class, background included`, given);
  }
  return tensor2d([...shares], [1, classes]);
}

/** The sums of the whole batch as one sample. */
export function sumBatch<Sums extends object>(sums: Sums): Sums {
  const total = Object.entries(sums).map(([name, values]) => [name, sum(values as Tensor, 0, true)]);
  return Object.fromEntries(total) as Sums;
}
