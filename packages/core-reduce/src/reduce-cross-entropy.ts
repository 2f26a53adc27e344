import { add, cast, mul, reshape, sum, type Tensor, type Tensor1D, type Tensor2D } from "@tensorflow/tfjs-core";
import { type ClassWeighting, type CrossEntropyTerms, crossEntropyTerms } from "./cross-entropy.ts";
import { type CrossEntropySums, type ExpectedCoefficients, sumsAreFused, termSums } from "./cross-entropy-sums.ts";
import { refuse } from "./errors.ts";
import type { SettledShared } from "./options.ts";
import { restoreSpatial } from "./probabilities.ts";
import type { Problem } from "./problem.ts";
import { normalizerOf, reduceSamples, voxelNormalizer } from "./reduce-voxels.ts";
import { safeDivide } from "./safe-divide.ts";
import { detached } from "./stop-gradient.ts";
import { sumMap } from "./sum-voxels.ts";

/** How the classes of a problem stand to each other, which sums know as well. */
export interface ClassSpace {
  readonly who: string;
  readonly classes: number;
  readonly multiLabel: boolean;
}

/** What sums of cross entropy say of their classes, checked against the options of the equation behind them. */
export function classSpaceOf(
  who: string,
  { positives, negatives }: CrossEntropySums,
  options: Pick<SettledShared, "classWeights" | "includeBackground" | "multiLabel">,
): ClassSpace {
  const classes = positives.shape[1];
  const multiLabel = negatives !== undefined;
  if (options.multiLabel !== undefined && options.multiLabel !== multiLabel) {
    const made = multiLabel ? "independent channels" : "exclusive classes";
    throw new Error(`${who}: multiLabel: ${options.multiLabel} contradicts the sums, which were made of ${made}`);
  }
  if (options.classWeights !== undefined && options.classWeights.length !== classes) {
    refuse(who, "classWeights", `${classes} numbers, one a class, background included`, options.classWeights);
  }
  if (!options.includeBackground && classes === 1) {
    throw new Error(`${who}: includeBackground: false leaves no class of sums with 1 class`);
  }
  return { who, classes, multiLabel };
}

/**
 * From sums of cross entropy to the loss that a caller asked for.
 *
 * @param coefficients - what a positive and a negative of each class cost, `[1 or batch, classes]`
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
 * @param options - the reduction, and the weighting that says what a mean divides by
 * @param factor - what the cost of each voxel is multiplied by, `[batch, voxels]`, constant; the mean divides by what it does without
 */
export function reduceCrossEntropyTerms(
  problem: Problem,
  terms: CrossEntropyTerms,
  options: ClassWeighting & Pick<SettledShared, "reduction">,
  factor?: Tensor2D,
): Tensor {
  const costs = factor ? { ...problem, weights: weightedBy(factor, problem) } : problem;
  if (options.reduction === "none") return restoreSpatial(crossEntropyTerms(costs, terms), problem);
  if (options.reduction === "sum") return sum(costsOfSamples(costs, terms));
  const normalizer = voxelNormalizer(problem, options);
  const divisor = options.reduction === "sample" ? reshape(normalizer, [-1, 1]) : sum(normalizer);
  return reduceSamples(costsOfSamples(costs, terms, divisor), options, () => normalizer);
}

/** The sums over the voxels of cross-entropy terms, `[batch]`; from sums a class where these are fused, so that no map is held. What they will be divided by may be given. */
export function costsOfSamples(problem: Problem, terms: CrossEntropyTerms, divisor?: Tensor): Tensor1D {
  if (!sumsAreFused(problem.fused)) return sumMap(crossEntropyTerms(problem, terms), problem.fused);
  const { gamma = 0, labelSmoothing = 0 } = terms;
  const expected = divisor ? dividedBy(divisor, terms) : terms;
  return weighTerms(termSums(problem, { gamma, labelSmoothing }, expected), terms);
}

/** What the sums are going to be multiplied by where the loss stands alone, so that its gradient needs no factor any more. */
function dividedBy(divisor: Tensor, { positive, negative }: CrossEntropyTerms): ExpectedCoefficients {
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
