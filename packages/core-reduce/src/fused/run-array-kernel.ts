import type { KernelBackend, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../loss.ts";
import { makeOutput, valuesOf } from "./array-backends.ts";
import { simdOf } from "./array-choice.ts";
import type { ArrayCall, ArrayKernel } from "./fused-kernel.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** What a kernel of tfjs is called with. */
export interface KernelCall {
  readonly inputs: NamedTensorInfoMap;
  readonly attributes: NamedAttrMap;
  readonly backend: KernelBackend;
}

/** What the modules' memory is laid out for. */
const mostClasses = 256;

/** Runs a kernel on the backend that was called. */
export function runArrayKernel(kernel: ArrayKernel, { inputs, attributes, backend }: KernelCall): TensorInfo {
  const { predictions, labels, weights } = inputs;
  const sizes = sizesOf(inputs, attributes);
  // first the result: making it may move what the other arrays are views of
  const output = makeOutput(backend, kernel.shape(sizes, attributes));
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
  const call: ArrayCall = {
    attributes,
    floats: (name) => read(inputs[name]) as Float32Array,
    has: (name) => inputs[name] !== undefined,
  };
  const simd = given.classes > mostClasses ? undefined : simdOf(kernel);
  if (simd && kernel.simd) kernel.simd.fill(simd, given, output.values, call);
  else kernel.loops(given, output.values, call);
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
