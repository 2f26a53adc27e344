import { add, cast, engine, mul, reshape, sum, type Tensor, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import type { ClassSpace } from "./class-space.ts";
import { type ClassWeighting, type CrossEntropyTerms, crossEntropyTerms } from "./cross-entropy.ts";
import {
  type CrossEntropySums,
  type ExpectedCoefficients,
  type SummedTermsAndErrors,
  termSums,
} from "./cross-entropy-sums.ts";
import type { SettledShared } from "./options.ts";
import { restoreSpatial } from "./probabilities.ts";
import type { Problem } from "./problem.ts";
import { normalizerOf, ofBatch, reduceSamples, voxelDivisor } from "./reduce-voxels.ts";
import { safeDivide } from "./safe-divide.ts";
import { sumsAreFused } from "./shared-pass.ts";
import { detached } from "./stop-gradient.ts";
import { sumMap } from "./sum-voxels.ts";

/**
 * From sums of cross entropy to the loss that a caller asked for.
 *
 * ```math
 * \frac{\sum_n \sum_c (a_c A_{nc} + b_c B_{nc})}{\sum_n V_n}
 * ```
 *
 * with `reduction: "mean"`; V is {@link voxelNormalizer}, A and B the sums of positives and negatives.
 *
 * @param space - see {@link classSpaceOf}
 * @param sums - as {@link crossEntropySums} returns them
 * @param options - the reduction, and the weighting that says what a mean divides by
 * @param coefficients - a and b: what a positive and a negative of each class cost, `[1 or batch, classes]`
 * @returns a scalar, or `[batch]` with `reduction: "sample"`; 0 where no voxel counts
 * @throws Error for `reduction: "none"`: sums no longer know the voxels
 *
 * @example
 * ```ts
 * import { classSpaceOf, crossEntropySums, distributionRules, readOptions, reduceCrossEntropy } from "@lossary/core-reduce";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, distributionRules);
 *
 * const sums = crossEntropySums(truth, prediction);
 * const cost = tensor2d([[1]]);
 * const space = classSpaceOf("myLoss", sums, options);
 * reduceCrossEntropy(space, sums, options, { positive: cost, negative: cost }).print(); // 0.5108: (1.8202 + 0.2231) / 4
 * ```
 */
export function reduceCrossEntropy(
  { who, classes, multiLabel }: ClassSpace,
  sums: CrossEntropySums,
  options: ClassWeighting & Pick<SettledShared, "reduction">,
  coefficients: { readonly positive: Tensor2D; readonly negative?: Tensor2D | undefined },
): Tensor {
  if (options.reduction === "none") {
    throw new Error(
      `${who}: reduction "none" asks for a map of voxels, which sums no longer know; use the loss itself`,
    );
  }
  return reduceSamples(weighTerms(sums, coefficients), options, () =>
    normalizerOf(sums.valid, () => sums.labelled, { classes, multiLabel }, options),
  );
}

/**
 * The loss of cross-entropy terms of a problem. A map of voxels is made where the caller asked for it; all other reductions start from sums a
 * class, so that nothing of the size of a map is held.
 *
 * ```math
 * \frac{\sum_i f_i\, m_i}{\sum_n V_n}
 * ```
 *
 * with `reduction: "mean"`; m is {@link crossEntropyTerms}, V {@link voxelNormalizer}.
 *
 * @param problem - as {@link prepare} returns it
 * @param terms - see {@link CrossEntropyTerms}
 * @param options - the reduction, and the weighting that says what a mean divides by
 * @param factor - f, what the cost of each voxel is multiplied by, `[batch, voxels]`, constant; the mean divides by what it does without
 * @returns a scalar, `[batch]` or `[batch, ...spatial]`, by the reduction; 0 where no voxel counts
 *
 * @example
 * ```ts
 * import { distributionRules, evenTerms, prepare, readOptions, reduceCrossEntropyTerms } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, distributionRules);
 * const problem = prepare("myLoss", truth, prediction, options);
 * reduceCrossEntropyTerms(problem, evenTerms(problem, options), options).print(); // 0.5108
 * ```
 */
export function reduceCrossEntropyTerms(
  problem: Problem,
  terms: CrossEntropyTerms,
  options: ClassWeighting & Pick<SettledShared, "reduction">,
  factor?: Tensor2D,
): Tensor {
  const costs = factor ? { ...problem, weights: weightedBy(factor, problem) } : problem;
  return reduceCosts(problem, options, {
    map: () => crossEntropyTerms(costs, terms),
    ofSamples: (divisor) => costsOfSamples(costs, terms, divisor),
  });
}

/** The loss of costs: from their map where the caller asked for it, else from their sums, which are told what they will be divided by. */
export function reduceCosts(
  problem: Problem,
  options: ClassWeighting & Pick<SettledShared, "reduction">,
  costs: { readonly map: () => Tensor2D; readonly ofSamples: (divisor?: Tensor | number) => Tensor1D },
): Tensor {
  if (options.reduction === "none") return restoreSpatial(costs.map(), problem);
  if (options.reduction === "sum") return sum(costs.ofSamples());
  const normalizer = voxelDivisor(problem, options);
  const ofSample = () => (typeof normalizer === "number" ? normalizer : reshape(normalizer, [-1, 1]));
  const divisor = options.reduction === "sample" ? ofSample() : ofBatch(normalizer, problem.batch);
  return reduceSamples(costs.ofSamples(divisor), options, () => normalizer);
}

/**
 * The sums over the voxels of cross-entropy terms, from sums a class where these are fused, so that no map is held.
 *
 * ```math
 * s_n = \sum_i m_{ni}
 * ```
 *
 * m is {@link crossEntropyTerms}.
 *
 * @param problem - as {@link prepare} returns it
 * @param terms - see {@link CrossEntropyTerms}
 * @param divisor - what the sums will be divided by, a number, a scalar or `[batch, 1]`, where that is known: it spares a pass on the way back
 * @returns `[batch]`, not divided
 *
 * @example
 * ```ts
 * import { costsOfSamples, distributionRules, evenTerms, prepare, readOptions } from "@lossary/core-reduce";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const options = readOptions("myLoss", {}, distributionRules);
 * const problem = prepare("myLoss", truth, prediction, options);
 * costsOfSamples(problem, evenTerms(problem, options)).print(); // 2.0433
 * ```
 */
export function costsOfSamples(problem: Problem, terms: CrossEntropyTerms, divisor?: Tensor | number): Tensor1D {
  return summedCosts(problem, terms, () => crossEntropyTerms(problem, terms), divisor);
}

/** The same of terms that may have errors beside their logarithms, given their map, which serves where sums are not fused. */
export function summedCosts(
  problem: Problem,
  terms: CrossEntropyTerms & Pick<SummedTermsAndErrors, "errors">,
  map: () => Tensor2D,
  divisor?: Tensor | number,
): Tensor1D {
  if (!sumsAreFused(problem.fused)) return sumMap(map(), problem.fused);
  const { gamma = 0, errors = 0, labelSmoothing = 0 } = terms;
  // a value alone has no way back, which it would help
  const expected = () => (divisor ? dividedBy(divisor, terms) : terms);
  const sums = termSums(problem, { gamma, errors, labelSmoothing }, engine().isTapeOn() ? expected() : undefined);
  return weighTerms(sums, terms);
}

/** What the sums are going to be multiplied by where the loss stands alone, so that its gradient needs no factor any more. */
function dividedBy(divisor: Tensor | number, { positive, negative }: CrossEntropyTerms): ExpectedCoefficients {
  const share = (coefficients: Tensor2D) => detached(() => safeDivide(coefficients, divisor) as Tensor2D);
  return { positive: share(positive), negative: negative && share(negative) };
}

/** A factor as voxel weights, beside those that are there. */
function weightedBy(factor: Tensor2D, { weights }: Problem): Tensor2D {
  return weights ? mul(factor, cast(weights, "float32")) : factor;
}

/** The weighted sum over the classes, `[batch]`. */
function weighTerms(
  sums: Pick<CrossEntropySums, "positives" | "negatives">,
  coefficients: { readonly positive: Tensor2D; readonly negative?: Tensor2D | undefined },
): Tensor1D {
  const ofPositives = mul(coefficients.positive, sums.positives);
  const { negatives } = sums;
  const ofClasses =
    coefficients.negative && negatives ? add(ofPositives, mul(coefficients.negative, negatives)) : ofPositives;
  return sum(ofClasses, 1) as Tensor1D;
}
