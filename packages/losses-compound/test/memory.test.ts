import {
  activeBoundaryLoss,
  boundaryDoULoss,
  hausdorffConvolutionLoss,
  hausdorffErosionLoss,
  shapeAwareLoss,
  signedDistanceRegressionLoss,
} from "@lossary/losses-boundary";
import {
  blobLoss,
  diceBoundaryLoss,
  diceHausdorffLoss,
  diceTopKLoss,
  exponentialLogarithmicLoss,
} from "@lossary/losses-compound";
import { distancePenalizedCrossEntropyLoss, topKLoss } from "@lossary/losses-distribution";
import { clDiceLoss, diceLoss, lovaszSoftmaxLoss } from "@lossary/losses-region";
import { onEachBackend } from "@lossary/test-kit";
import { mostBytes } from "@lossary/test-kit/memory";
import { dispose, type Tensor, tensor, tidy, valueAndGrad } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";

type Loss = (labels: Tensor, predictions: Tensor, options?: object) => Tensor;

const shape = [1, 48, 48, 4];
const voxels = 48 * 48;
// stripes, in which every class has a border and several components
const classOf = (voxel: number) => Math.floor((voxel % 48) / 6) % 4;

/** The most bytes that a value and its gradient hold beside their inputs, in arrays as large as the predictions. */
function peakOf(loss: Loss, options: object): number {
  const labels = tensor(
    Array.from({ length: 4 * voxels }, (_, i) => Number(classOf(Math.floor(i / 4)) === i % 4)),
    shape,
  );
  const logits = tensor(
    Array.from({ length: 4 * voxels }, (_, i) => 3 * Math.sin(1.7 * i)),
    shape,
  );
  const most = mostBytes(() => {
    const { value, grad } = tidy(() => valueAndGrad((x: Tensor) => loss(labels, x, options))(logits));
    dispose([value, grad]);
  });
  dispose([labels, logits]);
  return most / (4 * 4 * voxels);
}

const softmax = { activation: "softmax" };
const losses: [name: string, loss: Loss, options: object, limit: number][] = [
  ["exponentialLogarithmicLoss", exponentialLogarithmicLoss as Loss, softmax, 1.1],
  ["diceTopKLoss", diceTopKLoss as Loss, softmax, 2.1],
  ["diceBoundaryLoss", diceBoundaryLoss as Loss, softmax, 2.1],
  ["diceHausdorffLoss", diceHausdorffLoss as Loss, softmax, 3.1],
  ["distancePenalizedCrossEntropyLoss", distancePenalizedCrossEntropyLoss, softmax, 2.5],
  ["topKLoss", topKLoss, softmax, 2.6],
  ["hausdorffConvolutionLoss", hausdorffConvolutionLoss, softmax, 3.1],
  ["shapeAwareLoss", shapeAwareLoss, softmax, 3],
  ["lovaszSoftmaxLoss", lovaszSoftmaxLoss, softmax, 4.1],
  ["boundaryDoULoss", boundaryDoULoss, softmax, 4.5],
  ["signedDistanceRegressionLoss", signedDistanceRegressionLoss, {}, 6.5],
  ["blobLoss", blobLoss(diceLoss) as Loss, softmax, 7.5],
  ["hausdorffErosionLoss", hausdorffErosionLoss, softmax, 9.5],
  ["clDiceLoss", clDiceLoss, softmax, 12.5],
  ["activeBoundaryLoss", activeBoundaryLoss, softmax, 11],
];

// on wasm, where what is kept for the way back may be a copy
onEachBackend("peak memory", () => {
  it.each(losses)("%s holds no more than its share", (_name, loss, options, limit) => {
    const peak = peakOf(loss, options);
    expect(peak).toBeGreaterThan(0.99);
    expect(peak).toBeLessThan(limit);
  });
}, ["wasm"]);
