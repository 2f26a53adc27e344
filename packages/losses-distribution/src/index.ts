export {
  type BalancedCrossEntropyLossOptions,
  balancedCrossEntropyFromSums,
  balancedCrossEntropyLoss,
} from "./balanced-cross-entropy.ts";
export type { ChoiceTerm } from "./choice-term.ts";
export { type CrossEntropyLossOptions, crossEntropyFromSums, crossEntropyLoss } from "./cross-entropy.ts";
export {
  type DistancePenalizedCrossEntropyLossOptions,
  distancePenalizedCrossEntropyLoss,
} from "./distance-penalized-cross-entropy.ts";
export { type FocalLossOptions, focalFromSums, focalLoss } from "./focal.ts";
export { type InverseFrequencyWeightsOptions, inverseFrequencyWeights } from "./inverse-frequency-weights.ts";
export { type PolyCrossEntropyLossOptions, polyCrossEntropyLoss } from "./poly-cross-entropy.ts";
export { topKLoss } from "./top-k.ts";
export { type TopKLossOptions, topKTerm } from "./top-k-term.ts";
export { type WeightedCrossEntropyLossOptions, weightedCrossEntropyLoss } from "./weighted-cross-entropy.ts";
