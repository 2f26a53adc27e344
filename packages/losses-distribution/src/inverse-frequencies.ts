import { detached, labelledSums, type Problem, safeDivide } from "@lossary/core-reduce";
import { add, cast, equal, max, mul, sum, type Tensor2D } from "@tensorflow/tfjs-core";

/** sum_k G_k / (C G_c) over a batch, `[1, classes]`, on the device: the largest of them for absent classes, 1 where none is present. */
export function inverseFrequencies(problem: Problem): Tensor2D {
  return detached(() => {
    const labelled = sum(labelledSums(problem), 0, true);
    const total = sum(labelled);
    const present = safeDivide(total, mul(labelled, problem.classes));
    const absent = cast(equal(labelled, 0), "float32");
    const nothing = cast(equal(total, 0), "float32");
    return add(add(present, mul(absent, max(present))), nothing) as Tensor2D;
  });
}
