import type { KernelBackend, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../loss.ts";
import { makeOutput, valuesOf } from "./array-backends.ts";
import type { FieldChoice, FusedKernels, Numbers, TermArrays, VoxelArrays } from "./fused-kernels.ts";
import { jaccardIncrements } from "./jaccard.ts";
import { spreadSums, voxelWeights } from "./maps.ts";
import { selectLargest } from "./selection.ts";
import { type Windows, windowMinimum, windowMinimumGradient } from "./window.ts";

/** What a kernel of tfjs is called with. */
export interface KernelCall {
  readonly inputs: NamedTensorInfoMap;
  readonly attributes: NamedAttrMap;
  readonly backend: KernelBackend;
}

/** Fills a result from the arrays of a call. */
type Fill = (kernels: FusedKernels, given: VoxelArrays, result: Float32Array, call: ArrayCall) => void;

/** What one kernel is beside its name: the shape of its result, and how it is filled. */
export interface ArrayKernel {
  readonly shape: (sizes: readonly [batch: number, voxels: number, classes: number]) => number[];
  readonly fill: Fill;
}

/** The arrays of a call by the names of its inputs, read when they are asked for. */
interface ArrayCall {
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

/** Runs a kernel on the backend that was called. */
export function runArrayKernel(
  { shape, fill }: ArrayKernel,
  kernelsFor: (classes: number) => FusedKernels,
  { inputs, attributes, backend }: KernelCall,
): TensorInfo {
  const { predictions, labels, weights } = inputs;
  const sizes = sizesOf(inputs, attributes);
  // first the result: making it may move what the other arrays are views of
  const output = makeOutput(backend, shape(sizes));
  const read = (info: TensorInfo | undefined) => info && valuesOf(backend, info);
  const given: VoxelArrays = {
    batch: sizes[0],
    voxels: sizes[1],
    classes: sizes[2],
    activation: (attributes.activation ?? "none") as Activation,
    predictions: read(predictions) as Float32Array | undefined,
    labels: read(labels),
    indexed: labels?.shape.length === 2,
    weights: read(weights),
    ignoreLabel: (attributes.ignoreLabel ?? Number.NaN) as number,
  };
  fill(kernelsFor(sizes[2]), given, output.values, {
    attributes,
    floats: (name) => read(inputs[name]) as Float32Array,
    has: (name) => inputs[name] !== undefined,
  });
  return output.written();
}

/** The sizes of the predictions; a kernel that reads labels or weights alone is told the classes. */
function sizesOf(
  { predictions, labels, weights }: NamedTensorInfoMap,
  { classes }: NamedAttrMap,
): [batch: number, voxels: number, classes: number] {
  const [batch, voxels, ofPredictions] = ((predictions ?? labels ?? weights) as TensorInfo).shape as [
    number,
    number,
    number,
  ];
  return [batch, voxels, predictions ? ofPredictions : (classes as number)];
}

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

function asFloats(values: Numbers): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
