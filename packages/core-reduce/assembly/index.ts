export { confusion, confusionGradient } from "./confusion";
export { crossEntropy, crossEntropyGradient } from "./cross-entropy";
export { crossEntropySums, crossEntropySumsGradient } from "./cross-entropy-sums";
export { describeTerms } from "./cross-entropy-terms";
export { errorPowerSums, errorPowerSumsGradient, errors, errorsGradient } from "./errors";
export {
  clearSums,
  coefficientsAt,
  fieldAt,
  labelsAt,
  mapAt,
  predictionsAt,
  sumsAt,
  termCoefficientsAt,
  termSumsAt,
  weightsAt,
} from "./memory";
export { overlapSums, overlapSumsGradient } from "./overlap-sums";
export { labelledSums, probabilities, probabilitiesGradient, valueSums, weightSum } from "./plain";
export { squaredErrorSums, squaredErrorSumsGradient } from "./squared-error-sums";
export { describe, widenBytes, widenIntegers } from "./stage";
export { trueNegatives, trueNegativesGradient } from "./true-negatives";
