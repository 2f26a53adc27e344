import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../../loss.ts";
import { activation, gradient } from "./activation-source.ts";
import { overlapSlopes, overlapTerms } from "./overlap-source.ts";
import type { Gpu, Program } from "./program.ts";
import { sumOverVoxels } from "./sums.ts";
import { nameOf, readers, type VoxelSource } from "./voxel-source.ts";

/** A kernel's call, and what runs its programs. */
export interface GpuCall {
  readonly inputs: NamedTensorInfoMap;
  readonly attributes: NamedAttrMap;
  readonly gpu: Gpu;
}

/** Every fused kernel of graphics processors by the name under which tfjs knows it. */
export const gpuKernels: Readonly<Record<string, (call: GpuCall) => TensorInfo>> = {
  LossaryOverlapSums: (call) => sumsOf(call, 4, `overlap ${isProduct(call)}`, overlapTerms(isProduct(call))),
  LossaryOverlapSumsGradient: (call) => gradientOf(call, `overlap ${isProduct(call)}`, overlapSlopes(isProduct(call))),
};

/** Sums over the voxels of what `terms` defines. */
function sumsOf(call: GpuCall, width: 1 | 4, name: string, terms: string): TensorInfo {
  const { given, sizes, source } = readOf(call);
  return sumOverVoxels(call.gpu, { ...given, width, name: `${name} ${given.name}`, source: source + terms }, sizes);
}

/** The gradient with respect to the predictions of what `slopes` defines. */
function gradientOf(call: GpuCall, name: string, slopes: string): TensorInfo {
  const { given, sizes, source, voxel } = readOf(call);
  return call.gpu.run({
    ...given,
    width: 1,
    name: `${name} gradient ${given.name}`,
    shape: sizes,
    source: `${source}${slopes}${gradient(voxel.activation)}
    fn valueAt(n: i32, i: i32, c: i32) -> f32 {
      let weight: f32 = weightOf(n, i);
      if (weight == 0.0) { return 0.0; }
      look(n, i);
      return weight * throughActivation(n, i, c);
    }`,
  });
}

/** What every program over voxels reads. */
function readOf({ inputs, attributes }: GpuCall) {
  const { predictions, labels, weights } = inputs;
  const sizes = (predictions as TensorInfo).shape as [number, number, number];
  const ignored = attributes.ignoreLabel as number;
  const voxel: VoxelSource = {
    activation: attributes.activation as Activation,
    labels: labels === undefined ? "none" : labels.shape.length === 2 ? "indices" : "dense",
    weighted: weights !== undefined,
    classes: sizes[2],
  };
  const given: Pick<Program, "name" | "inputs" | "integers" | "floats"> = {
    name: nameOf(voxel),
    inputs: inputs as Readonly<Record<string, TensorInfo>>,
    integers: { classes: sizes[2] },
    // an index below 0 is out of range, so that none is ignored twice
    floats: { ignored: Number.isNaN(ignored) ? -1 : ignored },
  };
  return { voxel, sizes, given, source: `${readers(voxel)}${activation(voxel.activation)}` };
}

function isProduct({ attributes }: GpuCall): boolean {
  return attributes.product as boolean;
}
