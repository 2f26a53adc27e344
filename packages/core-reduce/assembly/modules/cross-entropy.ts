export { crossEntropy } from "../cross-entropy";
export { crossEntropySums, crossEntropySumsGradient, scaleKept } from "../cross-entropy-sums";
export { describeTerms } from "../cross-entropy-terms";
export { scaleKeptByMap } from "../kept-map";
export { overlapCrossEntropy, overlapCrossEntropyGradient } from "../overlap-cross-entropy";
export * from "./shared";
