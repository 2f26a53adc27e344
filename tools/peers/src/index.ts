export {
  type FixtureComparison,
  type FixtureOmission,
  fixtureComparisons,
  fixtureOmissions,
} from "./comparisons.ts";
export { type HandVector, handVectors } from "./hand-vectors.ts";
export { type FixtureRecord, fixtureRecords, type SuiteName, suiteNames } from "./records.ts";
export { recordsOf } from "./records-of.ts";
