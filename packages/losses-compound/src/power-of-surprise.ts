import {
  crossEntropyTerms,
  denseTarget,
  detached,
  guardedPower,
  hasIndices,
  type Problem,
  weightsOf,
} from "@lossary/core-reduce";
import {
  add,
  cast,
  concat,
  fill,
  greater,
  mul,
  reshape,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tensor2d,
  zeros,
} from "@tensorflow/tfjs-core";

/** What {@link powerOfSurprise} sums up. */
export interface SurpriseTerms {
  /** a: what each class costs, its share of a mean over channels included, `[1, classes]`. */
  readonly coefficients: Tensor2D;
  readonly exponent: number;
  readonly labelSmoothing: number;
}

/**
 * The voxel map of v sum_c a_c g_c (-ln p_c)^exponent, and for independent channels of the same of both sides, `[batch, voxels]`.
 * The power stands on each class alone, so a soft target is no special case.
 */
export function powerOfSurprise(problem: Problem, terms: SurpriseTerms): Tensor2D {
  const weights = weightsOf(problem);
  if (weights === undefined) return powerOfCounted(problem, terms);
  // a voxel's weight multiplies the power, it is not raised with the rest
  const counted = detached(() => cast(greater(weights, 0), "float32") as Tensor2D);
  return mul(powerOfCounted({ ...problem, weights: counted, ignoreLabel: undefined }, terms), weights);
}

/** The same without weights between 0 and 1. */
function powerOfCounted(problem: Problem, { coefficients, exponent, labelSmoothing }: SurpriseTerms): Tensor2D {
  if (hasIndices(problem) && !problem.multiLabel && labelSmoothing === 0) {
    // one class a voxel has a share of 1: the power of its cross entropy is all there is
    const surprise = crossEntropyTerms(problem, { positive: oneHotRow(problem.classes) });
    return mul(guardedPower(surprise, exponent), sum(mul(denseTarget(problem), coefficients), -1));
  }
  const share = labelSmoothing / (problem.multiLabel ? 2 : problem.classes);
  const target = add(mul(denseTarget(problem), 1 - labelSmoothing), share) as Tensor3D;
  const ofPositives = mul(target, guardedPower(surprises(problem, "positive"), exponent));
  const terms = problem.multiLabel
    ? add(ofPositives, mul(sub(1, target), guardedPower(surprises(problem, "negative"), exponent)))
    : ofPositives;
  return sum(mul(terms, coefficients), -1);
}

/** -ln p_c, or -ln (1 - p_c), of every voxel and class, `[batch, voxels, classes]`; ignored voxels are 0. */
function surprises(problem: Problem, side: "positive" | "negative"): Tensor3D {
  const { batch, voxels, classes } = problem;
  const none = zeros([1, classes]) as Tensor2D;
  const ofClass = (label: number): Tensor => {
    const one = oneHotRow(classes, label);
    const labels = fill([batch, voxels, classes], side === "positive" ? 1 : 0) as Tensor3D;
    const terms = side === "positive" ? { positive: one } : { positive: none, negative: one };
    return reshape(crossEntropyTerms({ ...problem, labels }, terms), [batch, voxels, 1]);
  };
  return concat(
    Array.from({ length: classes }, (_, label) => ofClass(label)),
    2,
  ) as Tensor3D;
}

/** 1 at one class, or at every class, `[1, classes]`. */
function oneHotRow(classes: number, at?: number): Tensor2D {
  return tensor2d(
    Array.from({ length: classes }, (_, label) => (at === undefined || label === at ? 1 : 0)),
    [1, classes],
  );
}
