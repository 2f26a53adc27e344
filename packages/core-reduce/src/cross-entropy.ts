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

/**
 * The cross entropy of each voxel, weighted, focal and smoothed.
 *
 * ```math
 * m_i = -v_i \sum_c \left[ a_c\, g'_{ic} (1 - p_{ic})^\gamma \ln p_{ic} + b_c (1 - g'_{ic})\, p_{ic}^\gamma \ln(1 - p_{ic}) \right]
 * ```
 *
 * a is `positive`, b `negative`, g' the target after label smoothing. Gradients flow into the predictions alone.
 *
 * @param problem - as {@link prepare} returns it
 * @param terms - see {@link CrossEntropyTerms}
 * @returns the map, `[batch, voxels]`, at least 0, ignored voxels 0
 *
 * @example
 * ```ts
 * import { crossEntropyTerms, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const problem = prepare("myLoss", truth, prediction, readOptions("myLoss", {}, sharedRules));
 * const cost = tensor2d([[1]]);
 *
 * crossEntropyTerms(problem, { positive: cost, negative: cost, gamma: 2 }).print(); // 0.0011, 0.0089, 0.0817, 0.5899
 * ```
 */
export function crossEntropyTerms(problem: Problem, terms: CrossEntropyTerms): Tensor2D {
  const { inputs, attributes } = termArguments(problem, terms);
  return runKernel(crossEntropyKernel, inputs, { ...attributes, gamma: terms.gamma ?? 0 }, problem.fused) as Tensor2D;
}

/**
 * The cross entropy of each voxel, weighted and smoothed, plus epsilon times its errors, in one pass.
 *
 * ```math
 * m_i = v_i \sum_c \left[ a_c\, g'_{ic} (\epsilon (1 - p_{ic}) - \ln p_{ic}) + b_c (1 - g'_{ic}) (\epsilon\, p_{ic} - \ln(1 - p_{ic})) \right]
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @param terms - see {@link ErrorTerms}
 * @param epsilon - how often the errors are added; at -1 the linear term of the cross entropy's series is gone
 * @returns the map, `[batch, voxels]`, ignored voxels 0
 *
 * @example
 * ```ts
 * import { polyCrossEntropyTerms, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const problem = prepare("myLoss", truth, prediction, readOptions("myLoss", {}, sharedRules));
 * const cost = tensor2d([[1]]);
 *
 * polyCrossEntropyTerms(problem, { positive: cost, negative: cost }, 1).print(); // 0.2054, 0.4231, 0.9108, 1.904
 * ```
 */
export function polyCrossEntropyTerms(problem: Problem, terms: ErrorTerms, epsilon: number): Tensor2D {
  const { inputs, attributes } = termArguments(problem, terms);
  return runKernel(polyCrossEntropyKernel, inputs, { ...attributes, epsilon }, problem.fused) as Tensor2D;
}

/**
 * What each voxel lacks, weighted and smoothed: the linear part of its cross entropy.
 *
 * ```math
 * m_i = v_i \sum_c \left[ a_c\, g'_{ic} (1 - p_{ic}) + b_c (1 - g'_{ic})\, p_{ic} \right]
 * ```
 *
 * @param problem - as {@link prepare} returns it
 * @param terms - see {@link ErrorTerms}
 * @returns the map, `[batch, voxels]`, at least 0, ignored voxels 0
 *
 * @example
 * ```ts
 * import { errorTerms, prepare, readOptions, sharedRules } from "@lossary/core-reduce";
 * import { tensor2d, tensor3d } from "@tensorflow/tfjs";
 *
 * const truth = tensor3d([[[1], [0], [1], [1]]]);
 * const prediction = tensor3d([[[0.9], [0.2], [0.6], [0.3]]]);
 * const problem = prepare("myLoss", truth, prediction, readOptions("myLoss", {}, sharedRules));
 * const cost = tensor2d([[1]]);
 *
 * errorTerms(problem, { positive: cost, negative: cost }).print(); // 0.1, 0.2, 0.4, 0.7
 * ```
 */
export function errorTerms(problem: Problem, terms: ErrorTerms): Tensor2D {
  const { inputs, attributes } = termArguments(problem, terms);
  return runKernel(errorTermsKernel, inputs, attributes, problem.fused) as Tensor2D;
}

/** The inputs and attributes that kernels of terms take from a problem. */
export function termArguments(problem: Problem, { positive, negative, labelSmoothing = 0 }: ErrorTerms) {
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
 * What each class costs: its weight, 0 for a background that is left out, and for independent channels its share of a mean.
 *
 * ```math
 * a_c = q_c \ \text{(exclusive)}, \qquad a_c = q_c / C \ \text{(channels)}, \qquad a_c = q_c \big/ \textstyle\sum_k q_k \ \text{(channels, divided by weights)}
 * ```
 *
 * C is the number of channels that take part.
 *
 * @param problem - how many classes there are, and whether they are independent channels
 * @param weighting - see {@link ClassWeighting}
 * @returns `[1, classes]`
 *
 * @example
 * ```ts
 * import { classCoefficients } from "@lossary/core-reduce";
 *
 * const weighting = { classWeights: [1, 3], includeBackground: true, normalize: "weights" } as const;
 * classCoefficients({ classes: 2, multiLabel: true }, weighting).print(); // 0.25, 0.75
 * ```
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

/**
 * The class weights $q_c$ as a tensor, 0 for a background that is left out.
 *
 * @param problem - how many classes there are
 * @param weighting - the weights, all 1 by default, and whether the background takes part
 * @returns `[1, classes]`
 *
 * @example
 * ```ts
 * import { takingWeights } from "@lossary/core-reduce";
 *
 * takingWeights({ classes: 3 }, { classWeights: [1, 2, 3], includeBackground: false }).print(); // 0, 2, 3
 * ```
 */
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
