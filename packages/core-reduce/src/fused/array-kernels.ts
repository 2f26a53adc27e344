import {
  errorTerms,
  exponentOf,
  fieldOf,
  focalTerms,
  isHinge,
  isProduct,
  overOf,
  polyTerms,
  termSumsOf,
  windowsOf,
} from "./array-arguments.ts";
import type { ArrayKernel } from "./array-call.ts";
import { jaccardIncrements } from "./jaccard.ts";
import { spreadSums, voxelWeights } from "./maps.ts";
import { selectLargest } from "./selection.ts";
import { windowMinimum, windowMinimumGradient } from "./window.ts";

/** Every fused kernel by the name under which tfjs knows it. */
export const arrayKernels: Readonly<Record<string, ArrayKernel>> = {
  LossaryOverlapSums: {
    shape: ([batch, , classes]) => [4, batch, classes],
    fill: (kernels, given, sums, call) => kernels.overlapSums(given, isProduct(call), sums),
  },
  LossaryOverlapSumsGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) =>
      kernels.overlapSumsGradient(given, isProduct(call), call.floats("upstream"), gradient),
  },
  LossaryCrossEntropy: {
    shape: ([batch, voxels]) => [batch, voxels],
    fill: (kernels, given, map, call) => kernels.crossEntropy(given, focalTerms(call), map),
  },
  LossaryCrossEntropyGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) =>
      kernels.crossEntropyGradient(given, focalTerms(call), call.floats("upstream"), gradient),
  },
  LossaryPolyCrossEntropy: {
    shape: ([batch, voxels]) => [batch, voxels],
    fill: (kernels, given, map, call) => kernels.crossEntropy(given, polyTerms(call), map),
  },
  LossaryPolyCrossEntropyGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) =>
      kernels.crossEntropyGradient(given, polyTerms(call), call.floats("upstream"), gradient),
  },
  LossaryErrorTerms: {
    shape: ([batch, voxels]) => [batch, voxels],
    fill: (kernels, given, map, call) => kernels.crossEntropy(given, errorTerms(call), map),
  },
  LossaryErrorTermsGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) =>
      kernels.crossEntropyGradient(given, errorTerms(call), call.floats("upstream"), gradient),
  },
  LossaryCrossEntropySums: {
    shape: ([batch, , classes], { overlap }) => [overlap === "none" ? 2 : 6, batch, classes],
    fill: (kernels, given, sums, call) => kernels.crossEntropySums(given, termSumsOf(call), sums),
  },
  LossaryCrossEntropySumsGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) =>
      kernels.crossEntropySumsGradient(given, termSumsOf(call), call.floats("upstream"), gradient),
  },
  LossarySquaredErrorSums: {
    shape: ([batch, , classes]) => [batch, classes],
    fill: (kernels, given, sums, call) => kernels.squaredErrorSums(given, overOf(call), fieldOf(call), sums),
  },
  LossarySquaredErrorSumsGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) =>
      kernels.squaredErrorSumsGradient(given, overOf(call), fieldOf(call), call.floats("upstream"), gradient),
  },
  LossaryErrors: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, result, call) => kernels.errors(given, isHinge(call), result),
  },
  LossaryErrorsGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) =>
      kernels.errorsGradient(given, isHinge(call), call.floats("upstream"), gradient),
  },
  LossaryErrorPowerSums: {
    shape: ([batch, , classes]) => [batch, classes],
    fill: (kernels, given, sums, call) => kernels.errorPowerSums(given, exponentOf(call), sums),
  },
  LossaryErrorPowerSumsGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) =>
      kernels.errorPowerSumsGradient(given, exponentOf(call), call.floats("upstream"), gradient),
  },
  LossaryTrueNegatives: {
    shape: ([batch, , classes]) => [batch, classes],
    fill: (kernels, given, sums, call) => kernels.trueNegatives(given, isProduct(call), sums),
  },
  LossaryTrueNegativesGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) =>
      kernels.trueNegativesGradient(given, isProduct(call), call.floats("upstream"), gradient),
  },
  LossaryConfusion: {
    shape: ([batch, , classes]) => [batch, classes, classes],
    fill: (kernels, given, sums) => kernels.confusion(given, sums),
  },
  LossaryConfusionGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) => kernels.confusionGradient(given, call.floats("upstream"), gradient),
  },
  LossaryLabelledSums: {
    shape: ([batch, , classes]) => [batch, classes],
    fill: (kernels, given, sums) => kernels.labelledSums(given, sums),
  },
  LossaryProbabilities: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, result) => kernels.probabilities(given, result),
  },
  LossaryProbabilitiesGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) => kernels.probabilitiesGradient(given, call.floats("upstream"), gradient),
  },
  LossaryJaccardIncrements: {
    shape: (sizes) => [...sizes],
    fill: (_kernels, { batch: groups, voxels: size, classes, weights }, increments, { floats }) => {
      const [errors, positives] = [floats("predictions"), floats("positives")];
      jaccardIncrements({ groups, size, classes, errors, positives, weights }, increments);
    },
  },
  LossarySelectLargest: {
    shape: ([rows, count]) => [rows, count],
    fill: (_kernels, { batch: rows, voxels: count }, factors, { attributes, floats }) => {
      const percent = attributes.percent as number;
      selectLargest({ rows, count, values: floats("values"), counted: floats("weights"), percent }, factors);
    },
  },
  LossarySumVoxels: {
    shape: ([batch, , classes]) => [batch, classes],
    fill: (kernels, given, sums) => kernels.valueSums(given, sums),
  },
  LossarySumVoxelsGradient: {
    shape: (sizes) => [...sizes],
    fill: (_kernels, given, gradient, call) => spreadSums(given, call.floats("upstream"), gradient),
  },
  LossaryValidVoxels: {
    shape: ([batch]) => [batch, 1],
    fill: (kernels, given, sums) => kernels.weightSums(given, sums),
  },
  LossaryVoxelWeights: {
    shape: ([batch, voxels]) => [batch, voxels],
    fill: (_kernels, given, map) => voxelWeights(given, map),
  },
  LossaryWindowMinimum: {
    shape: (sizes) => [...sizes],
    fill: (_kernels, given, least, call) => windowMinimum(windowsOf(given, call), call.floats("predictions"), least),
  },
  LossaryWindowMinimumGradient: {
    shape: (sizes) => [...sizes],
    fill: (_kernels, given, gradient, call) => {
      const read = [call.floats("predictions"), call.floats("least"), call.floats("upstream")] as const;
      windowMinimumGradient(windowsOf(given, call), read, gradient);
    },
  },
};
