import type { FusedKernels } from "./fused-kernels.ts";
import { confusion, confusionGradient } from "./loop-confusion.ts";
import { crossEntropy, crossEntropyGradient } from "./loop-cross-entropy.ts";
import { crossEntropySums, crossEntropySumsGradient } from "./loop-cross-entropy-sums.ts";
import {
  errorPowerSums,
  errorPowerSumsGradient,
  errors,
  errorsGradient,
  trueNegatives,
  trueNegativesGradient,
} from "./loop-errors.ts";
import {
  labelledSums,
  overlapSums,
  overlapSumsGradient,
  probabilities,
  probabilitiesGradient,
  squaredErrorSums,
  squaredErrorSumsGradient,
  valueSums,
  weightSums,
} from "./loop-sums.ts";

/** The reductions as plain loops in double precision, for where WebAssembly SIMD cannot be had. */
export const loopKernels: FusedKernels = {
  name: "loops",
  overlapSums,
  overlapSumsGradient,
  crossEntropy,
  crossEntropyGradient,
  crossEntropySums,
  crossEntropySumsGradient,
  squaredErrorSums,
  squaredErrorSumsGradient,
  probabilities,
  probabilitiesGradient,
  confusion,
  confusionGradient,
  errors,
  errorsGradient,
  errorPowerSums,
  errorPowerSumsGradient,
  trueNegatives,
  trueNegativesGradient,
  valueSums,
  weightSums,
  labelledSums,
};
