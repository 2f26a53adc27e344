import {
  denseTarget,
  detached,
  jaccardIncrements,
  oneOf,
  overlapSums,
  type Problem,
  reduceClasses,
  type SettledShared,
  type SharedOptions,
  sharedRules,
  sumVoxels,
  weighed,
  weightsOf,
} from "@lossary/core-reduce";
import {
  cast,
  greater,
  onesLike,
  reshape,
  slice,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
} from "@tensorflow/tfjs-core";

/** The options that the Lovasz losses share. */
export interface LovaszOptions extends SharedOptions {
  /**
   * Whose voxels are sorted together: those of a sample, or of the whole batch.
   * @defaultValue `"sample"`
   */
  per?: "sample" | "batch";
}

/** The rules of the options that the Lovasz losses share. */
export const lovaszRules = { ...sharedRules, per: oneOf("sample", "batch") };

/** The options of a Lovasz loss after reading. */
export interface SettledLovasz
  extends Pick<SettledShared, "reduction" | "classWeights" | "normalize" | "includeBackground"> {
  readonly per: "sample" | "batch";
  readonly classes: "present" | "all";
}

/**
 * The Lovasz extension of the Jaccard loss, sum_k e_k (J_k - J_(k-1)) with the errors e falling and J_k the Jaccard loss of calling the
 * first k voxels wrong, for each (group, class); then the mean over the classes that take part, and over groups.
 *
 * It is linear in the errors as long as their order stays: its gradient is the increment that each error is multiplied by, and the
 * sorting itself needs none.
 *
 * @param errors - `[batch, voxels, classes]`, differentiable
 */
export function lovaszExtension(problem: Problem, errors: Tensor3D, options: SettledLovasz): Tensor {
  const { who, batch, voxels, classes } = problem;
  if (options.per === "batch" && options.reduction === "sample") {
    throw new Error(
      `${who}: reduction "sample" contradicts per "batch", which sorts the voxels of all samples together`,
    );
  }
  const [groups, size] = options.per === "batch" ? [1, batch * voxels] : [batch, voxels];
  const grouped = (values: Tensor3D): Tensor3D =>
    groups === batch ? values : reshape(values, [groups, size, classes]);
  const weights = weightsOf(problem);
  const positives = detached(() => grouped(weighed(denseTarget(problem), weights)));
  const ofVoxels: Tensor2D | undefined = weights && reshape(weights, [groups, size]);
  const increments = jaccardIncrements(grouped(errors), positives, ofVoxels, problem.fused);
  const losses = productSums({ ...problem, batch: groups, voxels: size }, grouped(errors), increments);
  const present = detached(() => cast(greater(sumVoxels(positives, problem.fused), 0), "float32"));
  const taking = options.classes === "present" ? present : onesLike(present);
  const first = options.includeBackground ? 0 : 1;
  const taken = (values: Tensor): Tensor2D => slice(values as Tensor2D, [0, first], [-1, -1]);
  return reduceClasses(who, taken(losses), options, taken(taking));
}

/** The sums of errors times increments: an intersection by products, whose gradient is the increments. */
function productSums(problem: Problem, errors: Tensor3D, increments: Tensor3D): Tensor2D {
  const plain = { activation: "none", weights: undefined, ignoreLabel: undefined } as const;
  const sums = { ...problem, ...plain, predictions: errors, labels: increments };
  return overlapSums(sums, { intersection: "product", includeBackground: true }).intersection;
}
