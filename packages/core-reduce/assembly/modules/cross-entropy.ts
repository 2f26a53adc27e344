export { crossEntropy, crossEntropyGradient } from "../cross-entropy";
export { crossEntropySums, crossEntropySumsGradient, scaleKept } from "../cross-entropy-sums";
export { describeTerms } from "../cross-entropy-terms";
export { overlapCrossEntropy, overlapCrossEntropyGradient } from "../overlap-cross-entropy";
export * from "./shared";
