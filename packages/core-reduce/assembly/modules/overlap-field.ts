export { overlapFieldSums, overlapFieldSumsGradient } from "../overlap-field-sums";
export * from "./shared";
