export { backends, onEachBackend, useBackend } from "./backends.ts";
export { type AnyLoss, type Evaluated, gradientOf, type LossCall, lossOf, tensorsOf } from "./evaluate.ts";
export { type Closeness, describeDifference } from "./to-be-close.ts";
