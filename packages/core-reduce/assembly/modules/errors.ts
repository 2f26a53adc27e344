export { confusion, confusionGradient } from "../confusion";
export { errorPowerSums, errorPowerSumsGradient, errors, errorsGradient } from "../errors";
export { probabilities, probabilitiesGradient } from "../plain";
export { squaredErrorSums, squaredErrorSumsGradient } from "../squared-error-sums";
export { trueNegatives, trueNegativesGradient } from "../true-negatives";
export * from "./shared";
