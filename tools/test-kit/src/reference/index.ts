export { type BlobOptions, blobLoss } from "./blob.ts";
export { type ReferenceTerm, weightedSum } from "./compound.ts";
export { deepSupervision, deepSupervisionWeights, downsample, type Level } from "./deep-supervision.ts";
export { distanceBetween, positions } from "./distance.ts";
export {
  type FixtureComparison,
  type FixtureOmission,
  fixtureComparisons,
  fixtureOmissions,
} from "./fixtures/comparisons.ts";
export { type HandVector, handVectors } from "./fixtures/hand-vectors.ts";
export { type FixtureRecord, fixtureRecords, type SuiteName, suiteNames } from "./fixtures/records.ts";
export { type GradientOptions, referenceGradient } from "./gradient.ts";
export type { ReferenceInput, ReferenceLoss, ReferenceResult } from "./input.ts";
export { type ReferenceLossName, referenceLosses } from "./losses.ts";
export type { CompoundOptions, LossOptions, ReferenceOptions, SharedOptions } from "./options.ts";
export { type Prepared, prepare } from "./prepare.ts";
export { normalizedDistances } from "./signed-distance-regression.ts";
