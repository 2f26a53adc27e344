import { activeBoundaryLoss } from "./active-boundary.ts";
import { balancedCrossEntropyLoss } from "./balanced-cross-entropy.ts";
import { boundaryLoss } from "./boundary.ts";
import { boundaryDoULoss } from "./boundary-dou.ts";
import { clDiceLoss } from "./cl-dice.ts";
import { comboLoss } from "./combo.ts";
import {
  diceBoundaryLoss,
  diceCrossEntropyLoss,
  diceFocalLoss,
  diceHausdorffLoss,
  diceTopKLoss,
  generalizedDiceFocalLoss,
} from "./compound.ts";
import { crossEntropyLoss } from "./cross-entropy.ts";
import { diceLoss } from "./dice.ts";
import { distancePenalizedCrossEntropyLoss } from "./distance-penalized-cross-entropy.ts";
import { exponentialLogarithmicLoss } from "./exponential-logarithmic.ts";
import { focalLoss } from "./focal.ts";
import { generalizedDiceLoss } from "./generalized-dice.ts";
import { generalizedWassersteinDiceLoss } from "./generalized-wasserstein-dice.ts";
import { hausdorffConvolutionLoss } from "./hausdorff-convolution.ts";
import { hausdorffDistanceLoss, logHausdorffDistanceLoss } from "./hausdorff-distance.ts";
import { hausdorffErosionLoss } from "./hausdorff-erosion.ts";
import type { ReferenceLoss } from "./input.ts";
import { iouLoss } from "./iou.ts";
import { logCoshDiceLoss } from "./log-cosh-dice.ts";
import { lovaszHingeLoss, lovaszSoftmaxLoss } from "./lovasz.ts";
import { matthewsCorrelationLoss } from "./matthews-correlation.ts";
import { noiseRobustDiceLoss } from "./noise-robust-dice.ts";
import { polyCrossEntropyLoss } from "./poly-cross-entropy.ts";
import { sensitivitySpecificityLoss } from "./sensitivity-specificity.ts";
import { shapeAwareLoss } from "./shape-aware.ts";
import { signedDistanceRegressionLoss } from "./signed-distance-regression.ts";
import { topKLoss } from "./top-k.ts";
import { focalTverskyLoss, tverskyLoss } from "./tversky.ts";
import { asymmetricUnifiedFocalLoss, symmetricUnifiedFocalLoss } from "./unified-focal.ts";
import { weightedCrossEntropyLoss } from "./weighted-cross-entropy.ts";

/** The name of a loss that has a reference. */
export type ReferenceLossName =
  | "activeBoundaryLoss"
  | "asymmetricUnifiedFocalLoss"
  | "balancedCrossEntropyLoss"
  | "boundaryDoULoss"
  | "boundaryLoss"
  | "clDiceLoss"
  | "comboLoss"
  | "crossEntropyLoss"
  | "diceBoundaryLoss"
  | "diceCrossEntropyLoss"
  | "diceFocalLoss"
  | "diceHausdorffLoss"
  | "diceLoss"
  | "diceTopKLoss"
  | "distancePenalizedCrossEntropyLoss"
  | "exponentialLogarithmicLoss"
  | "focalLoss"
  | "focalTverskyLoss"
  | "generalizedDiceFocalLoss"
  | "generalizedDiceLoss"
  | "generalizedWassersteinDiceLoss"
  | "hausdorffConvolutionLoss"
  | "hausdorffDistanceLoss"
  | "hausdorffErosionLoss"
  | "iouLoss"
  | "logCoshDiceLoss"
  | "logHausdorffDistanceLoss"
  | "lovaszHingeLoss"
  | "lovaszSoftmaxLoss"
  | "matthewsCorrelationLoss"
  | "noiseRobustDiceLoss"
  | "polyCrossEntropyLoss"
  | "sensitivitySpecificityLoss"
  | "shapeAwareLoss"
  | "signedDistanceRegressionLoss"
  | "symmetricUnifiedFocalLoss"
  | "topKLoss"
  | "tverskyLoss"
  | "weightedCrossEntropyLoss";

/** Every reference loss by the name of the library's function. */
export const referenceLosses: Readonly<Record<ReferenceLossName, ReferenceLoss>> = {
  activeBoundaryLoss,
  asymmetricUnifiedFocalLoss,
  balancedCrossEntropyLoss,
  boundaryDoULoss,
  boundaryLoss,
  clDiceLoss,
  comboLoss,
  crossEntropyLoss,
  diceBoundaryLoss,
  diceCrossEntropyLoss,
  diceFocalLoss,
  diceHausdorffLoss,
  diceLoss,
  diceTopKLoss,
  distancePenalizedCrossEntropyLoss,
  exponentialLogarithmicLoss,
  focalLoss,
  focalTverskyLoss,
  generalizedDiceFocalLoss,
  generalizedDiceLoss,
  generalizedWassersteinDiceLoss,
  hausdorffConvolutionLoss,
  hausdorffDistanceLoss,
  hausdorffErosionLoss,
  iouLoss,
  logCoshDiceLoss,
  logHausdorffDistanceLoss,
  lovaszHingeLoss,
  lovaszSoftmaxLoss,
  matthewsCorrelationLoss,
  noiseRobustDiceLoss,
  polyCrossEntropyLoss,
  sensitivitySpecificityLoss,
  shapeAwareLoss,
  signedDistanceRegressionLoss,
  symmetricUnifiedFocalLoss,
  topKLoss,
  tverskyLoss,
  weightedCrossEntropyLoss,
};
