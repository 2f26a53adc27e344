import { detached } from "@lossary/core-reduce";
import { add, cast, div, equal, max, maximum, mul, sqrt, sub, sum, type Tensor2D } from "@tensorflow/tfjs-core";

/** Soft classes of less than this many voxels weigh as if they had it: a rarity must not overflow. */
const smallestSize = 1e-9;

/**
 * sqrt(sum_k G_k / G_c) of the batch, `[1, classes]`: the largest of them for an absent class, 1 where no class is present.
 *
 * @param labelled - G of each sample and class, `[batch, classes]`
 */
export function rootOfRarity(labelled: Tensor2D): Tensor2D {
  return detached(() => {
    const ofBatch = sum(labelled, 0, true);
    const total = sum(ofBatch);
    const absent = cast(equal(ofBatch, 0), "float32");
    const ofPresent = mul(sqrt(div(total, maximum(ofBatch, smallestSize))), sub(1, absent));
    const nothing = cast(equal(total, 0), "float32");
    return add(add(ofPresent, mul(absent, max(ofPresent))), nothing) as Tensor2D;
  });
}
