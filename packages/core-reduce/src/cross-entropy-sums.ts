import { type Tensor, type Tensor2D, tidy, unstack } from "@tensorflow/tfjs-core";
import { labelledSums, validVoxels } from "./counts.ts";
import { crossEntropySumsKernel, takesPower } from "./cross-entropy-class-sums.ts";
import { refuseSoftSmoothing } from "./cross-entropy-map.ts";
import { kernelArguments, runKernel } from "./kernel.ts";
import type { DistributionOptions } from "./loss.ts";
import { numberWithin } from "./option-rules.ts";
import { distributionRules, readOptions, type SettledRatio } from "./options.ts";
import { type Overlap, overlapFrom } from "./overlap.ts";
import { type Problem, prepare } from "./problem.ts";

/**
 * The cross entropy of a prediction, as sums over voxels. All of them add: over shards, patches or accumulation steps, the sum of the records
 * is the record of the whole.
 */
export interface CrossEntropySums {
  /** sum v g' (1 - p)^γ (-ln p); `[batch, classes]`. */
  readonly positives: Tensor2D;
  /** sum v (1 - g') p^γ (-ln (1 - p)); `[batch, classes]`. Independent channels alone have it. */
  readonly negatives?: Tensor2D;
  /** G = sum v g, without a gradient; `[batch, classes]`. */
  readonly labelled: Tensor2D;
  /** sum v, the weight of the voxels that count; `[batch, 1]`. */
  readonly valid: Tensor2D;
}

/** The options of {@link crossEntropySums}. */
export interface CrossEntropySumsOptions extends DistributionOptions {
  /**
   * The focusing exponent.
   * @defaultValue `0`
   */
  gamma?: number;
}

const rules = { ...distributionRules, gamma: numberWithin(0, Number.POSITIVE_INFINITY, 0) };

/**
 * Sums the cross entropy of a prediction, per sample and class: the statistic behind every mean over voxels of a cross-entropy term, additive
 * so that it can be built over more than one machine or step.
 *
 * ```math
 * A_{nc} = -\sum_i v_i\, g_{ic} (1 - p_{ic})^\gamma \ln p_{ic}, \qquad B_{nc} = -\sum_i v_i (1 - g_{ic})\, p_{ic}^\gamma \ln(1 - p_{ic})
 * ```
 *
 * B is there for independent channels (`multiLabel`: with sigmoid, with one class, or where it is asked for, with softmax too). Gradients flow
 * into the predictions alone. Ignored voxels have v = 0 and no influence. Options that only concern the equation behind the sums (`classWeights`,
 * `reduction`, ...) are accepted, so that one object serves both steps.
 *
 * @param labels - `[batch, ...spatial, classes]`, or int32 class indices `[batch, ...spatial]`
 * @param predictions - `[batch, ...spatial, classes]`, float32
 * @param options - see {@link CrossEntropySumsOptions}
 * @returns the sums, each `[batch, classes]`, and `valid`, `[batch, 1]`
 * @throws Error naming the argument, what was expected and what came, for shapes, dtypes and options that do not fit
 *
 * @example
 * ```ts
 * import { crossEntropySums } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const { positives, negatives } = crossEntropySums(truth, prediction);
 * positives.print(); // 1.8202
 * negatives?.print(); // 0.2231
 * ```
 */
export function crossEntropySums(
  labels: Tensor,
  predictions: Tensor,
  options?: CrossEntropySumsOptions,
): CrossEntropySums {
  return tidy(() => {
    const settled = readOptions("crossEntropySums", options, rules);
    const channels = settled.multiLabel ? "independent" : "as given";
    const problem = prepare("crossEntropySums", labels, predictions, settled, channels);
    const { positives, negatives } = termSums(problem, settled);
    return { ...recordOf(problem, positives, negatives, labelledSums(problem), validVoxels(problem)) };
  });
}

/** What the sums of cross entropy are told beside the problem. */
export interface SummedTerms {
  /** The focusing exponent, at least 0. */
  readonly gamma: number;
  /** The power that stands on each logarithm; goes with a gamma of 0 alone, and not with negatives of softmax.
   * @defaultValue `1` */
  readonly power?: number;
  /** Share of the target that is spread evenly, from 0 to 1. */
  readonly labelSmoothing: number;
}

/**
 * Sums overlap and cross entropy of a prepared problem in one pass over the voxels: one activation forward, one backward.
 *
 * ```math
 * I_{nc} = \sum_i v_i \min(p_{ic}, g_{ic}), \qquad A_{nc} = \sum_i v_i\, g'_{ic} (1 - p_{ic})^\gamma (-\ln p_{ic})^k
 * ```
 *
 * and everything else that {@link overlap} and {@link crossEntropySums} return; k is `power`.
 *
 * @param problem - as {@link prepare} returns it
 * @param ofOverlap - which intersection, and whether class 0 takes part in the overlap
 * @param terms - see {@link SummedTerms}
 * @returns both records; that of cross entropy has every class
 * @throws Error for label smoothing of a float32 target, and for a power that goes with the other terms in no kernel
 *
 * @example
 * ```ts
 * import { overlapAndCrossEntropySums, prepare, ratioRules, readOptions } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, ratioRules);
 * const problem = prepare("myLoss", truth, prediction, options);
 * const sums = overlapAndCrossEntropySums(problem, options, { gamma: 0, labelSmoothing: 0 });
 * sums.overlap.intersection.print(); // 1.8
 * sums.crossEntropy.positives.print(); // 1.8202
 * ```
 */
export function overlapAndCrossEntropySums(
  problem: Problem,
  ofOverlap: Pick<SettledRatio, "intersection" | "includeBackground">,
  terms: SummedTerms,
): { overlap: Overlap; crossEntropy: CrossEntropySums } {
  const parts = unstack(runSums(problem, terms, ofOverlap.intersection)) as Tensor2D[];
  const [positives, negatives] = parts.slice(4) as [Tensor2D, Tensor2D];
  const valid = validVoxels(problem);
  const all = overlapFrom(parts.slice(0, 4), valid, true);
  return {
    overlap: ofOverlap.includeBackground ? all : overlapFrom(parts.slice(0, 4), valid, false),
    crossEntropy: recordOf(problem, positives, negatives, all.labelled, valid),
  };
}

/** Terms without a focusing exponent or a power may have the errors g' (1 - p) and (1 - g') p beside their logarithms. */
export interface SummedTermsAndErrors extends SummedTerms {
  /** How often the errors are added.
   * @defaultValue `0` */
  readonly errors?: number;
}

/** What sums are going to be multiplied by, but for a factor a sample; each `[1 or batch, classes]`. */
export interface ExpectedCoefficients {
  readonly positive: Tensor2D;
  readonly negative?: Tensor2D | undefined;
}

/** The sums of both terms of each class, `[batch, classes]`; those of negatives mean something for independent channels alone. */
export function termSums(
  problem: Problem,
  terms: SummedTermsAndErrors,
  expected?: ExpectedCoefficients,
): { positives: Tensor2D; negatives: Tensor2D } {
  const [positives, negatives] = unstack(runSums(problem, terms, "none", expected)) as [Tensor2D, Tensor2D];
  return { positives, negatives };
}

function runSums(
  problem: Problem,
  terms: SummedTermsAndErrors,
  overlap: "none" | "semimetric" | "product",
  expected?: ExpectedCoefficients,
): Tensor {
  refuseSoftSmoothing(problem, terms);
  const { inputs, attributes } = kernelArguments(problem);
  const { multiLabel: negatives, classes, fused } = problem;
  const { gamma, power = 1, errors = 0, labelSmoothing } = terms;
  const spread = labelSmoothing / (negatives ? 2 : classes);
  const told = { ...attributes, gamma, power, keep: 1 - labelSmoothing, spread, negatives, errors, overlap };
  if (!takesPower(told)) {
    throw new Error(
      `${problem.who}: a power of the logarithms goes neither with gamma nor with independent classes of softmax`,
    );
  }
  const { positive, negative } = expected ?? {};
  return runKernel(crossEntropySumsKernel, { ...inputs, positive, negative }, told, fused);
}

function recordOf(
  { multiLabel }: Problem,
  positives: Tensor2D,
  negatives: Tensor2D,
  labelled: Tensor2D,
  valid: Tensor2D,
): CrossEntropySums {
  return { positives, ...(multiLabel && { negatives }), labelled, valid };
}
