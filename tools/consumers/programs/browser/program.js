import "@tensorflow/tfjs-backend-cpu";
import { kernelFor } from "@lossary/core-reduce";
import { createDistancePlan } from "@lossary/distance-map/array";
import { hausdorffDistanceLoss } from "@lossary/losses-boundary";
import { diceLoss } from "@lossary/losses-region";
import { ready, tensor } from "@tensorflow/tfjs-core";

/** Two losses of four voxels, and what computed them. */
export async function compute() {
  await ready();
  const truth = tensor([0, 1, 1, 1], [1, 4], "int32");
  const prediction = tensor([0.2, 0.9, 0.6, 0.3], [1, 4, 1]);
  const value = (loss) => loss(truth, prediction).dataSync()[0].toFixed(4);
  return {
    dice: value(diceLoss),
    hausdorff: value(hausdorffDistanceLoss),
    kernels: kernelFor("LossaryOverlapSums"),
    distances: createDistancePlan([4]).backend,
  };
}
