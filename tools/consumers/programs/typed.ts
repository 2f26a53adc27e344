import { type Overlap, overlap, withOptions } from "@lossary/core-reduce";
import { signedDistanceMap } from "@lossary/distance-map";
import { distanceTransform } from "@lossary/distance-map/array";
import { boundaryLoss } from "@lossary/losses-boundary";
import { diceCrossEntropyLoss, weightedSum } from "@lossary/losses-compound";
import { type FocalLossOptions, focalLoss } from "@lossary/losses-distribution";
import { type DiceLossOptions, diceFromOverlap, diceLoss } from "@lossary/losses-region";
import { hausdorff95 } from "@lossary/metrics";
import { contract, type LossUnderTest, testOn } from "@lossary/test-kit";
import { type ReferenceLoss, referenceLosses, type SharedOptions } from "@lossary/test-kit/reference";
import { type Tensor, tensor } from "@tensorflow/tfjs-core";

const truth = tensor([0, 1, 1, 1], [1, 4], "int32");
const prediction = tensor([0.2, 0.9, 0.6, 0.3], [1, 4, 1]);
const options: DiceLossOptions = { activation: "none", smooth: 1 };
const focal: FocalLossOptions = { gamma: 1 };
const sums: Overlap = overlap(truth, prediction);
const values: Tensor[] = [
  diceLoss(truth, prediction, options),
  focalLoss(truth, prediction, focal),
  diceFromOverlap(sums),
  boundaryLoss(truth, prediction, { distanceMap: signedDistanceMap(truth, { classes: 1 }) }),
  diceCrossEntropyLoss(truth, prediction),
  diceCrossEntropyLoss(truth, prediction, { components: true }).total,
  weightedSum([{ loss: withOptions(diceLoss, options) }])(truth, prediction),
  hausdorff95(truth, prediction, { spacing: 2 }),
];
const sharpened: ReferenceLoss<SharedOptions & { sharpness?: number }> = ({ predictions, options }) => ({
  values: Float64Array.of((predictions[0] ?? 0) * (options?.sharpness ?? 1)),
  shape: [],
});
const described: LossUnderTest = {
  name: "diceLoss",
  loss: diceLoss,
  reference: values.length > 0 ? sharpened : referenceLosses.diceLoss,
  unreduced: "classes",
  family: "ratio",
  variants: [{}],
};
contract(described);
// @ts-expect-error there is no such effort
testOn({ cpu: { run: 10 } });
const distances: Float32Array = distanceTransform([0, 1, 1, 0], [4]);
// @ts-expect-error there is no such option
diceLoss(truth, prediction, { smoth: 1 });
// @ts-expect-error a loss takes tensors
diceLoss([0, 1], prediction);
console.log(values.length, distances.length);
