export { clDiceFromOverlap, clDiceLoss } from "./cl-dice.ts";
export { type Confusion, confusion } from "./confusion.ts";
export { type Contingency, contingency, type MatthewsCorrelationLossOptions } from "./contingency.ts";
export { type DiceLossOptions, diceFromOverlap, diceLoss } from "./dice.ts";
export { type FocalTverskyLossOptions, focalTverskyFromOverlap, focalTverskyLoss } from "./focal-tversky.ts";
export {
  type GeneralizedDiceLossOptions,
  generalizedDiceFromOverlap,
  generalizedDiceLoss,
} from "./generalized-dice.ts";
export {
  generalizedWassersteinDiceFromConfusion,
  generalizedWassersteinDiceLoss,
} from "./generalized-wasserstein-dice.ts";
export { type IouLossOptions, iouFromOverlap, iouLoss } from "./iou.ts";
export { type LogCoshDiceLossOptions, logCoshDiceFromOverlap, logCoshDiceLoss } from "./log-cosh-dice.ts";
export type { LovaszOptions } from "./lovasz-extension.ts";
export { type LovaszHingeLossOptions, lovaszHingeLoss } from "./lovasz-hinge.ts";
export { type LovaszSoftmaxLossOptions, lovaszSoftmaxLoss } from "./lovasz-softmax.ts";
export { matthewsCorrelationFromContingency, matthewsCorrelationLoss } from "./matthews-correlation.ts";
export {
  type NoiseRobustDiceLossOptions,
  noiseRobustDiceFromErrors,
  noiseRobustDiceLoss,
  type PoweredErrors,
  poweredErrors,
} from "./noise-robust-dice.ts";
export {
  type SensitivitySpecificityLossOptions,
  type SquaredErrors,
  sensitivitySpecificityFromErrors,
  sensitivitySpecificityLoss,
  squaredErrors,
} from "./sensitivity-specificity.ts";
export { type ClDiceLossOptions, type SkeletonOverlap, skeletonOverlap } from "./skeleton-overlap.ts";
export { type TverskyLossOptions, tverskyFromOverlap, tverskyLoss } from "./tversky.ts";
export type { GeneralizedWassersteinDiceLossOptions } from "./wasserstein-options.ts";
