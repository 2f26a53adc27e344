import { add, cast, greater, mul, step, sub, sum, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import { type SettledRatio, smoothing } from "./options.ts";
import type { Overlap } from "./overlap.ts";
import { reduceClasses } from "./reduce-classes.ts";
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
 * ```math
 * \frac{1}{N} \sum_n \frac{1}{C} \sum_c f(S_{nc}), \qquad f = 0 \text{ where no voxel of } n \text{ counts}
 * ```
 *
 * with the default options; S are the sums of a sample, or of the batch with `over: "batch"`.
 *
 * @param who - the function whose name errors carry
 * @param sums - overlap sums, or any other additive sums that hold `predicted`, `labelled` and `valid` too
 * @param options - the options of a ratio after reading
 * @param equation - f, the loss of each (sample, class), in the sums and the smoothing constants
 * @returns a scalar, `[batch]` or `[batch, classes]`, by the reduction
 * @throws Error for `reduction: "sample"` with `over: "batch"`, and for class weights of another number than the classes
 *
 * @example
 * ```ts
 * import { overlap, ratioRules, readOptions, reduceRatio } from "@lossary/core-reduce";
 * import { div, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", { smooth: 0 }, ratioRules);
 * const missed = reduceRatio("myLoss", overlap(truth, prediction), options, ({ falseNegatives, labelled }) =>
 *   div(falseNegatives, labelled),
 * );
 * missed.print(); // 0.4: 1.2 / 3
 * ```
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

/**
 * The sums of the groups whose voxels share a ratio: of each sample as they are, or of the batch, $\sum_n S_n$.
 *
 * @param who - the function whose name errors carry
 * @param sums - a record of sums, each `[batch, ...]`
 * @param options - whose voxels share a ratio, and the reduction
 * @returns a record of the same names, `[batch, ...]` or `[1, ...]`
 * @throws Error for `reduction: "sample"` with `over: "batch"`, which has one ratio for all samples
 *
 * @example
 * ```ts
 * import { groupSums } from "@lossary/core-reduce";
 * import { tensor2d } from "@tensorflow/tfjs";
 *
 * const sums = { predicted: tensor2d([[1, 2], [3, 4]]) };
 * groupSums("myLoss", sums, { over: "batch", reduction: "mean" }).predicted.print(); // 4, 6
 * ```
 */
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

/**
 * 1 for each group that has a voxel that counts, else 0: where everything is ignored the loss is 0.
 *
 * ```math
 * h_n = \left[ \textstyle\sum_i v_i > 0 \right]
 * ```
 *
 * @param sums - a record with `valid`, `[groups, 1]`
 * @returns `[groups, 1]`, constant for every gradient
 *
 * @example
 * ```ts
 * import { holdsVoxels } from "@lossary/core-reduce";
 * import { tensor2d } from "@tensorflow/tfjs";
 *
 * holdsVoxels({ valid: tensor2d([[12], [0]]) }).print(); // 1, 0
 * ```
 */
export function holdsVoxels({ valid }: Pick<Overlap, "valid">): Tensor2D {
  return detached(() => step(valid));
}

/** The sums of the whole batch as one sample. */
function sumBatch<Sums extends object>(sums: Sums): Sums {
  const total = Object.entries(sums).map(([name, values]) => [name, sum(values as Tensor, 0, true)]);
  return Object.fromEntries(total) as Sums;
}
