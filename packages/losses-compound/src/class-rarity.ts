import { detached, safeDivide } from "@lossary/core-reduce";
import { add, cast, equal, max, mul, sqrt, sum, type Tensor2D } from "@tensorflow/tfjs-core";

/**
 * sqrt(sum_k G_k / G_c) of the batch, `[1, classes]`: the largest of them for an absent class, 1 where no class is present.
 *
 * @param labelled - G of each sample and class, `[batch, classes]`
 */
export function rootOfRarity(labelled: Tensor2D): Tensor2D {
  return detached(() => {
    const ofBatch = sum(labelled, 0, true);
    const total = sum(ofBatch);
    const ofPresent = sqrt(safeDivide(total, ofBatch));
    const absent = cast(equal(ofBatch, 0), "float32");
    const nothing = cast(equal(total, 0), "float32");
    return add(add(ofPresent, mul(absent, max(ofPresent))), nothing) as Tensor2D;
  });
}
