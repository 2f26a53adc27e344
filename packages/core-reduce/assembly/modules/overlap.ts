export { overlapSums, overlapSumsGradient } from "../overlap-sums";
export * from "./shared";
