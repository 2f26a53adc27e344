import { balancedCrossEntropyLoss } from "./balanced-cross-entropy.ts";
import { crossEntropyLoss } from "./cross-entropy.ts";
import { diceLoss } from "./dice.ts";
import { focalLoss } from "./focal.ts";
import { generalizedDiceLoss } from "./generalized-dice.ts";
import type { ReferenceLoss } from "./input.ts";
import { iouLoss } from "./iou.ts";
import { logCoshDiceLoss } from "./log-cosh-dice.ts";
import { sensitivitySpecificityLoss } from "./sensitivity-specificity.ts";
import { topKLoss } from "./top-k.ts";
import { focalTverskyLoss, tverskyLoss } from "./tversky.ts";
import { weightedCrossEntropyLoss } from "./weighted-cross-entropy.ts";

/** Every reference loss by the name of the library's function. */
export const referenceLosses = {
  balancedCrossEntropyLoss,
  crossEntropyLoss,
  diceLoss,
  focalLoss,
  focalTverskyLoss,
  generalizedDiceLoss,
  iouLoss,
  logCoshDiceLoss,
  sensitivitySpecificityLoss,
  topKLoss,
  tverskyLoss,
  weightedCrossEntropyLoss,
} satisfies Record<string, ReferenceLoss>;

/** The name of a loss that has a reference. */
export type ReferenceLossName = keyof typeof referenceLosses;
