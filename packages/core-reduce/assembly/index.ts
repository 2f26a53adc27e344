export { crossEntropy, crossEntropyGradient, describeTerms } from "./cross-entropy";
export { clearSums, coefficientsAt, fieldAt, labelsAt, mapAt, predictionsAt, sumsAt, weightsAt } from "./memory";
export { overlapSums, overlapSumsGradient } from "./overlap-sums";
export { labelledSums, probabilities, probabilitiesGradient, valueSums, weightSum } from "./plain";
export { squaredErrorSums, squaredErrorSumsGradient } from "./squared-error-sums";
export { describe, widenBytes, widenIntegers } from "./stage";
