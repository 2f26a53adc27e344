import { detached, labelledSums, type Problem, safeDivide, takingWeights } from "@lossary/core-reduce";
import { add, cast, div, equal, max, mul, sqrt, sum, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";

/** What each class weighs, `[1, classes]`, 0 for a background that is left out. */
export function weightsOfClasses(
  problem: Problem,
  { classWeights, includeBackground }: { classWeights: readonly number[] | "batch"; includeBackground: boolean },
): Tensor2D {
  const taking = takingWeights(problem, { classWeights: undefined, includeBackground });
  const weights = classWeights === "batch" ? rootOfRarity(problem) : tensor2d([...classWeights], [1, problem.classes]);
  return mul(weights, tensor2d(taking, [1, problem.classes]));
}

/** The weights, for independent channels as shares of a mean over them. */
export function coefficientsOf(
  weights: Tensor2D,
  problem: Problem,
  { normalize, includeBackground }: { normalize: "count" | "weights"; includeBackground: boolean },
): Tensor2D {
  if (!problem.multiLabel) return weights;
  const channels = normalize === "weights" ? sum(weights) : problem.classes - (includeBackground ? 0 : 1);
  return div(weights, channels);
}

/** sqrt(sum_k G_k / G_c) of the batch, `[1, classes]`: the largest of them for an absent class, 1 where no class is present. */
function rootOfRarity(problem: Problem): Tensor2D {
  return detached(() => {
    const labelled = sum(labelledSums(problem), 0, true);
    const total = sum(labelled);
    const ofPresent = sqrt(safeDivide(total, labelled));
    const absent = cast(equal(labelled, 0), "float32");
    const nothing = cast(equal(total, 0), "float32");
    return add(add(ofPresent, mul(absent, max(ofPresent))), nothing) as Tensor2D;
  });
}
