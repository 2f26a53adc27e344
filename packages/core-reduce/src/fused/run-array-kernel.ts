import type { KernelBackend, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../loss.ts";
import { makeOutput, valuesOf } from "./array-backends.ts";
import type { ArrayKernel } from "./array-call.ts";
import type { FusedKernels, VoxelArrays } from "./fused-kernels.ts";

/** What a kernel of tfjs is called with. */
export interface KernelCall {
  readonly inputs: NamedTensorInfoMap;
  readonly attributes: NamedAttrMap;
  readonly backend: KernelBackend;
}

/** Runs a kernel on the backend that was called. */
export function runArrayKernel(
  { shape, fill }: ArrayKernel,
  kernelsFor: (classes: number) => FusedKernels,
  { inputs, attributes, backend }: KernelCall,
): TensorInfo {
  const { predictions, labels, weights } = inputs;
  const sizes = sizesOf(inputs, attributes);
  // first the result: making it may move what the other arrays are views of
  const output = makeOutput(backend, shape(sizes, attributes));
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
