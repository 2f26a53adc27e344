import { mean, mul, onesLike, sum, type Tensor, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { refuse } from "./errors.ts";
import type { SettledShared } from "./options.ts";
import { safeDivide } from "./safe-divide.ts";

/**
 * Reduces one loss a (sample, class): the weighted mean over the classes that take part, then the mean over samples.
 * Classes come first, so that a rare class weighs as much as a common one.
 *
 * ```math
 * \frac{1}{N} \sum_n \frac{\sum_c t_{nc}\, q_c\, L_{nc}}{\sum_c t_{nc}}
 * ```
 *
 * with `reduction: "mean"`; `normalize: "weights"` divides by the sum of t q. A sample in which no class takes part has loss 0.
 *
 * @param who - the function whose name errors carry
 * @param losses - L, `[batch, classes]`, without the background where that is left out
 * @param options - the reduction, the class weights q, and whether these have one for a background that is left out
 * @param taking - t, `[batch, classes]`, 1 where the class takes part, else 0; left out where all do
 * @returns a scalar, `[batch]` or `[batch, classes]`, by the reduction
 * @throws Error for class weights of another number than the classes
 *
 * @example
 * ```ts
 * import { readOptions, reduceClasses, sharedRules } from "@lossary/core-reduce";
 * import { tensor2d } from "@tensorflow/tfjs";
 *
 * const losses = tensor2d([[0.2, 0.4], [0.6, 1]]);
 * const options = readOptions("myLoss", { classWeights: [1, 3] }, sharedRules);
 * reduceClasses("myLoss", losses, options).print(); // 1.25: the mean of (0.2 + 1.2) / 2 and (0.6 + 3) / 2
 * ```
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

/**
 * The weights $q_c$ of the classes that are there.
 *
 * @param who - the function whose name errors carry
 * @param classes - how many classes there are, without a background that is left out
 * @param options - the class weights, all 1 by default, and whether they have one for a background that is left out
 * @returns `[1, classes]`
 * @throws Error for class weights of another number than the classes, background included
 *
 * @example
 * ```ts
 * import { classShares } from "@lossary/core-reduce";
 *
 * classShares("myLoss", 2, { classWeights: [1, 2, 3], includeBackground: false }).print(); // 2, 3
 * ```
 */
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
