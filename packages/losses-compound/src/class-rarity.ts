import { detached, labelledSums, type Problem, safeDivide } from "@lossary/core-reduce";
import { add, cast, equal, max, mul, sqrt, sum, type Tensor2D } from "@tensorflow/tfjs-core";

/** sqrt(sum_k G_k / G_c) of the batch, `[1, classes]`: the largest of them for an absent class, 1 where no class is present. */
export function rootOfRarity(problem: Problem): Tensor2D {
  return detached(() => {
    const labelled = sum(labelledSums(problem), 0, true);
    const total = sum(labelled);
    const ofPresent = sqrt(safeDivide(total, labelled));
    const absent = cast(equal(labelled, 0), "float32");
    const nothing = cast(equal(total, 0), "float32");
    return add(add(ofPresent, mul(absent, max(ofPresent))), nothing) as Tensor2D;
  });
}
