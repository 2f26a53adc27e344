export { asymmetricUnifiedFocalLoss, type UnifiedFocalLossOptions } from "./asymmetric-unified-focal.ts";
export { type BlobLoss, type BlobWeights, blobLoss } from "./blob.ts";
export type { CompoundOptions, CompoundResult, TermOptions } from "./compound.ts";
export { type DeepSupervision, deepSupervision, deepSupervisionWeights } from "./deep-supervision.ts";
export { type DiceCrossEntropyLossOptions, diceCrossEntropyLoss } from "./dice-cross-entropy.ts";
export { type ExponentialLogarithmicLossOptions, exponentialLogarithmicLoss } from "./exponential-logarithmic.ts";
export { symmetricUnifiedFocalLoss } from "./symmetric-unified-focal.ts";
export { type WeightedSum, type WeightedTerm, weightedSum } from "./weighted-sum.ts";
