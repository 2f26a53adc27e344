import { detached, type Problem } from "@lossary/core-reduce";
import { argMax, cast, greater, oneHot, type Tensor3D } from "@tensorflow/tfjs-core";

/** 1 where a voxel is predicted to be in a class, else 0, `[batch, voxels, classes]`. */
export function hardPredictions({ predictions, multiLabel, activation, classes }: Problem, threshold = 0.5): Tensor3D {
  return detached(() => {
    if (!multiLabel) return cast(oneHot(argMax(predictions, -1), classes), "float32") as Tensor3D;
    // sigmoid rises, so its logits are compared with the logit of the threshold
    const limit = activation === "sigmoid" ? Math.log(threshold / (1 - threshold)) : threshold;
    return cast(greater(predictions, limit), "float32");
  });
}
