import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";
import type { Activation } from "../../loss.ts";
import { activation, gradient } from "./activation-source.ts";
import type { Gpu, Program, Triple } from "./program.ts";
import { sumOverVoxels } from "./sums.ts";
import { nameOf, readers, type VoxelSource } from "./voxel-source.ts";

/** A kernel's call, and what runs its programs. */
export interface GpuCall {
  /** The tensors by their names, as the backend knows them. */
  readonly inputs: NamedTensorInfoMap;
  /** Plain values by their names. */
  readonly attributes: NamedAttrMap;
  /** What runs programs. */
  readonly gpu: Gpu;
}

/** What of a program is particular to a kernel. */
export interface Particulars {
  readonly name: string;
  readonly source: string;
  readonly integers?: Program["integers"];
  readonly floats?: Program["floats"];
  /** How many kinds of sums are wanted, where it is not all that a value has numbers for. */
  readonly kinds?: number;
  /** How many sums there are a sample, where there is not one a class. */
  readonly columns?: number;
  /** Inputs of the kernel that the program does not read. */
  readonly unread?: readonly string[];
}

/** Sums over the voxels, `[kinds, batch, classes]`, of what `termsOf` gives. */
export function sumsOnGpu(call: GpuCall, width: 1 | 4, particulars: Particulars): TensorInfo {
  const { sizes, program } = readOf(call, particulars);
  const [batch, voxels, classes] = sizes;
  const kinds = particulars.kinds ?? width;
  return sumOverVoxels(call.gpu, { ...program, width, kinds }, [batch, voxels, particulars.columns ?? classes]);
}

/** The gradient of such sums with respect to the predictions, where `slopeOf` is that with respect to the probabilities. */
export function gradientOnGpu(call: GpuCall, { source, ...rest }: Particulars): TensorInfo {
  const kind = activationOf(call);
  return valuesOnGpu(call, "return weight * throughActivation(n, i, c);", { ...rest, source: source + gradient(kind) });
}

/** One value for each class `c` of each voxel `i` that weighs something, which `body` returns; 0 for the others. */
export function valuesOnGpu(call: GpuCall, body: string, particulars: Particulars): TensorInfo {
  const { sizes, program } = readOf(call, particulars);
  return call.gpu.run(guarded(program, body, sizes));
}

/** One value for each voxel, `[batch, voxels]`, likewise. */
export function mapOnGpu(call: GpuCall, body: string, particulars: Particulars): TensorInfo {
  const { sizes, program } = readOf(call, particulars);
  const [batch, voxels] = sizes;
  return { ...call.gpu.run(guarded(program, body, [batch, voxels, 1])), shape: [batch, voxels] };
}

/** `[1, rows, columns]` as `[rows, columns]`. */
export function matrix(sums: TensorInfo): TensorInfo {
  return { ...sums, shape: sums.shape.slice(1) };
}

/** What the gradient of something linear in p does not read: without an activation, the predictions. A device refuses what is not read. */
export function unreadWhereLinear({ attributes }: GpuCall): string[] {
  return attributes.activation === "none" ? ["predictions"] : [];
}

/** What is not read where labels say no more than whether a voxel counts: dense labels do not. */
export function unreadByWeights({ inputs: { labels } }: GpuCall): string[] {
  return labels?.shape.length === 3 ? ["labels"] : [];
}

/** What becomes of the predictions. */
export function activationOf({ attributes }: GpuCall): Activation {
  return attributes.activation as Activation;
}

/** What the sources of cross entropy read as uniforms. */
export function termFloats({ attributes }: GpuCall): Record<"gamma" | "logPower" | "keep" | "spread", number> {
  const { gamma, power = 1, keep, spread } = attributes as Record<"gamma" | "power" | "keep" | "spread", number>;
  // GLSL knows uniforms and functions by bare names, and there is a function `power`
  return { gamma, logPower: power, keep, spread };
}

function guarded(program: Omit<Program, "shape" | "width">, body: string, shape: Triple): Program {
  return {
    ...program,
    name: `${program.name} of each`,
    width: 1,
    shape,
    source: `${program.source}
    fn valueAt(n: i32, i: i32, c: i32) -> f32 {
      let weight: f32 = weightOf(n, i);
      if (weight == 0.0) { return 0.0; }
      look(n, i);
      ${body}
    }`,
  };
}

/** What every program over voxels reads: predictions where there are some, else labels and weights alone. */
function readOf({ inputs, attributes }: GpuCall, { name, source, integers, floats, unread = [] }: Particulars) {
  const { predictions, labels, weights } = inputs;
  const [batch, voxels, last] = ((predictions ?? labels ?? weights) as TensorInfo).shape as [number, number, number];
  const classes = predictions ? last : (attributes.classes as number);
  const voxel: VoxelSource = {
    activation: predictions && !unread.includes("predictions") ? (attributes.activation as Activation) : undefined,
    labels:
      labels === undefined || unread.includes("labels") ? "none" : labels.shape.length === 2 ? "indices" : "dense",
    weighted: weights !== undefined && !unread.includes("weights"),
    classes,
  };
  const read = Object.entries(inputs).filter(([input]) => !unread.includes(input)) as [string, TensorInfo][];
  const ignored = attributes.ignoreLabel as number;
  const program: Omit<Program, "shape" | "width"> = {
    name: `${name}, ${nameOf(voxel)}`,
    source: readers(voxel) + activation(voxel.activation) + source,
    inputs: Object.fromEntries(read),
    integers: { ...integers, classes },
    // an index below 0 is out of range, and ignored already
    floats: { ...floats, ignored: Number.isNaN(ignored) ? -1 : ignored },
  };
  return { program, sizes: [batch, voxels, classes] as [number, number, number] };
}
