import type { KernelBackend, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../loss.ts";
import { makeOutput, takeOver, valuesOf } from "./array-backends.ts";
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

/** The data of what forward passes have left with the labels in it. */
const labelled = new WeakSet<object>();

/** Runs a kernel on the backend that was called. Behind its results stands what it leaves for its backward pass, if it was asked to and can. */
export function runArrayKernel(kernel: ArrayKernel, { inputs, attributes, backend }: KernelCall): TensorInfo[] {
  const { predictions, labels, weights, left } = inputs;
  const sizes = sizesOf(inputs, attributes);
  const activation = (attributes.activation ?? "none") as Activation;
  const simd = sizes[2] > mostClasses ? undefined : simdOf(kernel);
  const read = (info: TensorInfo | undefined) => info && valuesOf(backend, info);
  const call: ArrayCall = {
    attributes,
    floats: (name) => read(inputs[name]) as Float32Array,
    integers: (name) => read(inputs[name]) as Int32Array,
    has: (name) => inputs[name] !== undefined,
  };
  const leaves = attributes.leave === true && (simd ? kernel.simd?.leaves?.(activation, call) : kernel.leaves);
  // first the results: making them may move what the other arrays are views of
  const output = left ? takeOver(backend, left) : makeOutput(backend, kernel.shape(sizes, attributes));
  const map = kernel.mapShape && makeOutput(backend, kernel.mapShape(sizes));
  const leaving = leaves ? makeOutput(backend, [...sizes]) : undefined;
  const given: VoxelArrays = {
    batch: sizes[0],
    voxels: sizes[1],
    classes: sizes[2],
    activation,
    predictions: read(predictions) as Float32Array | undefined,
    labels: read(labels),
    indexed: labels?.shape.length === 2,
    weights: read(weights),
    ignoreLabel: (attributes.ignoreLabel ?? Number.NaN) as number,
    map: map?.values(),
    leaving: leaving?.values(),
    left: read(left) as Float32Array | undefined,
    isLabelled: left !== undefined && labelled.has(left.dataId),
  };
  let holdsLabels = false;
  if (simd && kernel.simd) holdsLabels = kernel.simd.fill(simd, given, output.values(), call) === true;
  else kernel.loops(given, output.values(), call);
  const made = [output, map, leaving].flatMap((result) => result?.written() ?? []);
  if (leaving && holdsLabels) labelled.add((made.at(-1) as TensorInfo).dataId);
  return made;
}

/** The sizes of the predictions; a kernel that reads a map, labels or weights alone is told the classes. */
function sizesOf(
  { predictions, values, labels, weights }: NamedTensorInfoMap,
  { classes }: NamedAttrMap,
): [batch: number, voxels: number, classes: number] {
  const [batch, voxels, ofPredictions] = ((predictions ?? values ?? labels ?? weights) as TensorInfo).shape as [
    number,
    number,
    number,
  ];
  return [batch, voxels, predictions ? ofPredictions : (classes as number)];
}
