export { leftOverlapGradient } from "../hard";
export { overlapSums, overlapSumsGradient } from "../overlap-sums";
export * from "./shared";
