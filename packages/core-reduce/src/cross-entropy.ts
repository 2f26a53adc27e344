import { type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import { crossEntropyKernel } from "./cross-entropy-terms.ts";
import { kernelArguments, runKernel } from "./kernel.ts";
import type { SettledShared } from "./options.ts";
import type { Problem } from "./problem.ts";

/** What one cross-entropy term is made of beside the problem. */
export interface CrossEntropyTerms {
  /** What a positive of each class costs, `[1 or batch, classes]`. */
  readonly positive: Tensor2D;
  /** What a negative of each class costs; absent for exclusive classes. */
  readonly negative?: Tensor2D | undefined;
  /** The focusing exponent.
   * @defaultValue `0` */
  readonly gamma?: number;
  /** Share of the target that is spread evenly.
   * @defaultValue `0` */
  readonly labelSmoothing?: number;
}

/** The voxel map of a weighted, focal, smoothed cross entropy, `[batch, voxels]`, ignored voxels 0. */
export function crossEntropyTerms(problem: Problem, terms: CrossEntropyTerms): Tensor2D {
  const { inputs, attributes } = kernelArguments(problem);
  const { positive, negative, gamma = 0, labelSmoothing = 0 } = terms;
  const spread = labelSmoothing / (negative ? 2 : problem.classes);
  const smoothed = { gamma, keep: 1 - labelSmoothing, spread };
  return runKernel(
    crossEntropyKernel,
    { ...inputs, positive, negative },
    { ...attributes, ...smoothed },
    problem.fused,
  ) as Tensor2D;
}

/**
 * What each class costs: its weight, 0 for a background that is left out, and for independent channels
 * a share of the mean over channels (of the weights with `normalize: "weights"`), `[1, classes]`.
 */
export function classCoefficients(
  problem: Problem,
  options: Pick<SettledShared, "classWeights" | "includeBackground" | "normalize">,
  factors: readonly number[] = new Array<number>(problem.classes).fill(1),
): Tensor2D {
  const weights = takingWeights(problem, options);
  const taking = problem.classes - (options.includeBackground ? 0 : 1);
  const weightSum = weights.reduce((total, weight) => total + weight, 0);
  const channels = problem.multiLabel ? (options.normalize === "weights" ? weightSum : taking) : 1;
  const shares = weights.map((weight, label) =>
    channels === 0 ? 0 : (weight * (factors[label] as number)) / channels,
  );
  return tensor2d(shares, [1, problem.classes]);
}

/** The class weights, 0 for a background that is left out. */
export function takingWeights(
  { classes }: Problem,
  { classWeights, includeBackground }: Pick<SettledShared, "classWeights" | "includeBackground">,
): number[] {
  const weights = [...(classWeights ?? new Array<number>(classes).fill(1))];
  return includeBackground ? weights : [0, ...weights.slice(1)];
}
