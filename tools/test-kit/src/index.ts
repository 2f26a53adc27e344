export { backends, effortOn, fusedBackends, onEachBackend, useBackend } from "./backends.ts";
export { contract } from "./contract/index.ts";
export type { LossUnderTest, TargetKind } from "./contract/suite.ts";
export { lossesAmong, withCornerTable } from "./corner-table.ts";
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
export { type Closeness, describeDifference } from "./to-be-close.ts";
