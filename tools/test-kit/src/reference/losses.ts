import { balancedCrossEntropyLoss } from "./balanced-cross-entropy.ts";
import { clDiceLoss } from "./cl-dice.ts";
import { crossEntropyLoss } from "./cross-entropy.ts";
import { diceLoss } from "./dice.ts";
import { distancePenalizedCrossEntropyLoss } from "./distance-penalized-cross-entropy.ts";
import { focalLoss } from "./focal.ts";
import { generalizedDiceLoss } from "./generalized-dice.ts";
import { generalizedWassersteinDiceLoss } from "./generalized-wasserstein-dice.ts";
import type { ReferenceLoss } from "./input.ts";
import { iouLoss } from "./iou.ts";
import { logCoshDiceLoss } from "./log-cosh-dice.ts";
import { lovaszHingeLoss, lovaszSoftmaxLoss } from "./lovasz.ts";
import { matthewsCorrelationLoss } from "./matthews-correlation.ts";
import { polyCrossEntropyLoss } from "./poly-cross-entropy.ts";
import { sensitivitySpecificityLoss } from "./sensitivity-specificity.ts";
import { topKLoss } from "./top-k.ts";
import { focalTverskyLoss, tverskyLoss } from "./tversky.ts";
import { asymmetricUnifiedFocalLoss, symmetricUnifiedFocalLoss } from "./unified-focal.ts";
import { weightedCrossEntropyLoss } from "./weighted-cross-entropy.ts";

/** Every reference loss by the name of the library's function. */
export const referenceLosses = {
  asymmetricUnifiedFocalLoss,
  balancedCrossEntropyLoss,
  clDiceLoss,
  crossEntropyLoss,
  diceLoss,
  distancePenalizedCrossEntropyLoss,
  focalLoss,
  focalTverskyLoss,
  generalizedDiceLoss,
  generalizedWassersteinDiceLoss,
  iouLoss,
  logCoshDiceLoss,
  lovaszHingeLoss,
  lovaszSoftmaxLoss,
  matthewsCorrelationLoss,
  polyCrossEntropyLoss,
  sensitivitySpecificityLoss,
  symmetricUnifiedFocalLoss,
  topKLoss,
  tverskyLoss,
  weightedCrossEntropyLoss,
} satisfies Record<string, ReferenceLoss>;

/** The name of a loss that has a reference. */
export type ReferenceLossName = keyof typeof referenceLosses;
