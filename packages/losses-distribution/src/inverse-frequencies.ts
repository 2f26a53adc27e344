import { detached, labelledSums, type Problem } from "@lossary/core-reduce";
import { add, cast, div, equal, max, maximum, mul, sub, sum, type Tensor2D } from "@tensorflow/tfjs-core";

/** Soft classes of less than this many voxels weigh as if they had it: a weight must not overflow. */
const smallestSize = 1e-9;

/** sum_k G_k / (C G_c) over a batch, `[1, classes]`, on the device: the largest of them for absent classes, 1 where none is present. */
export function inverseFrequencies(problem: Problem): Tensor2D {
  return detached(() => {
    const labelled = sum(labelledSums(problem), 0, true);
    const total = sum(labelled);
    const absent = cast(equal(labelled, 0), "float32");
    const present = mul(div(total, mul(maximum(labelled, smallestSize), problem.classes)), sub(1, absent));
    const nothing = cast(equal(total, 0), "float32");
    return add(add(present, mul(absent, max(present))), nothing) as Tensor2D;
  });
}
