export { confusion, confusionGradient } from "../confusion";
export { errors, errorsGradient } from "../errors";
export { probabilities, probabilitiesGradient } from "../plain";
export { squaredErrorSums, squaredErrorSumsGradient } from "../squared-error-sums";
export * from "./shared";
