export { backends, type Effort, effortOn, fusedBackends, onEachBackend, testOn, useBackend } from "./backends.ts";
export { contract } from "./contract/contract.ts";
export type { RecordedCall } from "./contract/records.ts";
export type { LossUnderTest, TargetKind } from "./contract/suite.ts";
export { contractsOf } from "./contracts-of.ts";
export {
  type AnyLoss,
  type Evaluated,
  gradientOf,
  type LossCall,
  lossOf,
  readGradient,
  readLoss,
  readNumbers,
  tensorsOf,
} from "./evaluate.ts";
export type { ReferenceInput, ReferenceLoss, ReferenceResult } from "./reference/input.ts";
export type { LossOptions } from "./reference/loss-options.ts";
export type { ReferenceLossName } from "./reference/losses.ts";
export type { CompoundOptions, ReferenceOptions, SharedOptions } from "./reference/options.ts";
export { type Closeness, describeDifference } from "./to-be-close.ts";
