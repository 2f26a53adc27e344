import { div, mul, sum, Tensor, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { crossEntropyKernel } from "./cross-entropy-terms.ts";
import { errorTermsKernel } from "./error-terms.ts";
import { kernelArguments, runKernel } from "./kernel.ts";
import type { Normalize } from "./loss.ts";
import { polyCrossEntropyKernel } from "./poly-cross-entropy-terms.ts";
import type { Problem } from "./problem.ts";
import { safeDivide } from "./safe-divide.ts";

/** What terms of positives and negatives are made of beside the problem. */
export interface ErrorTerms {
  /** What a positive of each class costs, `[1 or batch, classes]`. */
  readonly positive: Tensor2D;
  /** What a negative of each class costs; absent for exclusive classes. */
  readonly negative?: Tensor2D | undefined;
  /** Share of the target that is spread evenly.
   * @defaultValue `0` */
  readonly labelSmoothing?: number;
}

/** What one cross-entropy term is made of beside the problem. */
export interface CrossEntropyTerms extends ErrorTerms {
  /** The focusing exponent.
   * @defaultValue `0` */
  readonly gamma?: number;
}

/** The voxel map of a weighted, focal, smoothed cross entropy, `[batch, voxels]`, ignored voxels 0. */
export function crossEntropyTerms(problem: Problem, terms: CrossEntropyTerms): Tensor2D {
  const { inputs, attributes } = termArguments(problem, terms);
  return runKernel(crossEntropyKernel, inputs, { ...attributes, gamma: terms.gamma ?? 0 }, problem.fused) as Tensor2D;
}

/** The voxel map of a weighted, smoothed cross entropy plus epsilon times the errors of the same terms, `[batch, voxels]`, ignored voxels 0. */
export function polyCrossEntropyTerms(problem: Problem, terms: ErrorTerms, epsilon: number): Tensor2D {
  const { inputs, attributes } = termArguments(problem, terms);
  return runKernel(polyCrossEntropyKernel, inputs, { ...attributes, epsilon }, problem.fused) as Tensor2D;
}

/** The voxel map of the weighted, smoothed errors g (1 - p) and (1 - g) p, `[batch, voxels]`, ignored voxels 0. */
export function errorTerms(problem: Problem, terms: ErrorTerms): Tensor2D {
  const { inputs, attributes } = termArguments(problem, terms);
  return runKernel(errorTermsKernel, inputs, attributes, problem.fused) as Tensor2D;
}

function termArguments(problem: Problem, { positive, negative, labelSmoothing = 0 }: ErrorTerms) {
  const { inputs, attributes } = kernelArguments(problem);
  const spread = labelSmoothing / (negative ? 2 : problem.classes);
  return {
    inputs: { ...inputs, positive, negative },
    attributes: { ...attributes, keep: 1 - labelSmoothing, spread },
  };
}

/** How classes are weighed: by numbers, or by a tensor `[1, classes]` where the weights come from the labels on the device. */
export interface ClassWeighting {
  /** One factor a class, background included. */
  readonly classWeights?: readonly number[] | Tensor2D | undefined;
  /** Whether class 0 takes part. */
  readonly includeBackground: boolean;
  /** What a class-weighted mean divides by. */
  readonly normalize: Normalize;
}

/**
 * What each class costs: its weight, 0 for a background that is left out, and for independent channels
 * a share of the mean over channels (of the weights with `normalize: "weights"`), `[1, classes]`.
 */
export function classCoefficients(
  problem: Pick<Problem, "classes" | "multiLabel">,
  weighting: ClassWeighting,
): Tensor2D {
  const weights = takingWeights(problem, weighting);
  if (!problem.multiLabel) return weights;
  if (weighting.normalize === "weights") return safeDivide(weights, sum(weights)) as Tensor2D;
  return div(weights, problem.classes - (weighting.includeBackground ? 0 : 1));
}

/** The class weights, 0 for a background that is left out, `[1, classes]`. */
export function takingWeights(
  { classes }: Pick<Problem, "classes">,
  { classWeights, includeBackground }: Pick<ClassWeighting, "classWeights" | "includeBackground">,
): Tensor2D {
  const weights =
    classWeights instanceof Tensor ? classWeights : tensor2d([...(classWeights ?? ones(classes))], [1, classes]);
  return includeBackground ? weights : mul(weights, tensor2d([0, ...ones(classes - 1)], [1, classes]));
}

function ones(count: number): number[] {
  return new Array<number>(count).fill(1);
}
