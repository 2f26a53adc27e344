export { leftOverlapErrorGradient } from "../hard-errors";
export { overlapErrorSums, overlapErrorSumsGradient } from "../overlap-error-sums";
export * from "./shared";
