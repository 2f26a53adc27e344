import type { NamedAttrMap } from "@tensorflow/tfjs-core";
import type { FieldChoice, FusedKernels, Numbers, TermArrays, TermSums, VoxelArrays } from "./fused-kernels.ts";
import { jaccardIncrements } from "./jaccard.ts";
import { spreadSums, voxelWeights } from "./maps.ts";
import { selectLargest } from "./selection.ts";
import { type Windows, windowMinimum, windowMinimumGradient } from "./window.ts";

/** Fills a result from the arrays of a call. */
type Fill = (kernels: FusedKernels, given: VoxelArrays, result: Float32Array, call: ArrayCall) => void;

/** What one kernel is beside its name: the shape of its result, and how it is filled. */
export interface ArrayKernel {
  readonly shape: (
    sizes: readonly [batch: number, voxels: number, classes: number],
    attributes: NamedAttrMap,
  ) => number[];
  readonly fill: Fill;
}

/** The arrays of a call by the names of its inputs, read when they are asked for. */
export interface ArrayCall {
  readonly attributes: NamedAttrMap;
  readonly floats: (name: string) => Float32Array;
  readonly has: (name: string) => boolean;
}

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
    fill: (kernels, given, map, call) => kernels.crossEntropy(given, termsOf(call), map),
  },
  LossaryCrossEntropyGradient: {
    shape: (sizes) => [...sizes],
    fill: (kernels, given, gradient, call) =>
      kernels.crossEntropyGradient(given, termsOf(call), call.floats("upstream"), gradient),
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
    fill: (_kernels, { batch: groups, voxels: size, classes }, increments, { floats }) => {
      const [errors, positives, negatives] = [floats("predictions"), floats("positives"), floats("negatives")];
      jaccardIncrements({ groups, size, classes, errors, positives, negatives }, increments);
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

function windowsOf({ batch, classes }: VoxelArrays, { attributes }: ArrayCall): Windows {
  return { batch, classes, spatial: attributes.spatial as number[], axes: attributes.axes as number[] };
}

function isProduct({ attributes }: ArrayCall): boolean {
  return attributes.product as boolean;
}

function overOf({ attributes }: ArrayCall): FieldChoice {
  return attributes.over as FieldChoice;
}

function fieldOf({ has, floats }: ArrayCall): Float32Array | undefined {
  return has("field") ? asFloats(floats("field")) : undefined;
}

function termsOf({ attributes, has, floats }: ArrayCall): TermArrays {
  return {
    positive: floats("positive"),
    negative: has("negative") ? floats("negative") : undefined,
    gamma: attributes.gamma as number,
    keep: attributes.keep as number,
    spread: attributes.spread as number,
  };
}

function termSumsOf({ attributes }: ArrayCall): TermSums {
  const { gamma, keep, spread, negatives, overlap } = attributes as unknown as TermSums;
  return { gamma, keep, spread, negatives, overlap };
}

function asFloats(values: Numbers): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
