import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Gpu, Program } from "./program.ts";

/** How many values are added one after the other. */
const stage = 32;

/** A sum over the voxels: `source` defines `termsOf(n, i, c)`, which is read where `weightOf(n, i)` is above 0, and multiplied by it. */
export interface SumProgram extends Omit<Program, "shape" | "readsWide"> {
  /** How many of the numbers of a value are wanted. */
  readonly kinds: number;
}

/**
 * Sums over the voxels of `[batch, voxels, classes]` to `[kinds, batch, classes]`, in as many stages as it takes. What stands between two stages are
 * means, so that it fits into textures of half floats. Every stride-th voxel goes into one sum: neighbours read neighbours.
 */
export function sumOverVoxels(
  gpu: Gpu,
  given: SumProgram,
  [batch, voxels, classes]: [number, number, number],
): TensorInfo {
  const blocks = Math.ceil(voxels / stage);
  const type = given.width === 4 ? "vec4<f32>" : "f32";
  const { kinds, ...program } = given;
  let partial = gpu.run({
    ...program,
    name: `${given.name} sums`,
    shape: [batch, blocks, classes],
    integers: { ...given.integers, voxels, blocks },
    source: `${given.source}
    fn valueAt(n: i32, block: i32, c: i32) -> ${type} {
      var total: ${type} = ${type}(0.0);
      for (var i: i32 = block; i < uniforms.voxels; i += uniforms.blocks) {
        let weight: f32 = weightOf(n, i);
        if (weight != 0.0) {
          look(n, i);
          total += weight * termsOf(n, i, c);
        }
      }
      return total / ${stage}.0;
    }`,
  });
  let scale = stage;
  let count = blocks;
  while (count > stage) {
    const next = Math.ceil(count / stage);
    partial = replaced(gpu, partial, folding(given.width, partial, [batch, count, next, classes]));
    scale *= stage;
    count = next;
  }
  return replaced(gpu, partial, finishing(given, partial, [batch, count, classes], scale));
}

/** Adds every so many rows of partial sums to one. */
function folding(
  width: 1 | 4,
  partial: TensorInfo,
  [batch, count, rows, classes]: [number, number, number, number],
): Program {
  const type = width === 4 ? "vec4<f32>" : "f32";
  const read = width === 4 ? "wideAt" : "getPartial";
  return {
    name: `fold ${width}`,
    width,
    shape: [batch, rows, classes],
    inputs: { partial },
    readsWide: width === 4,
    integers: { count, blocks: rows },
    source: `
    fn valueAt(n: i32, block: i32, c: i32) -> ${type} {
      var total: ${type} = ${type}(0.0);
      for (var i: i32 = block; i < uniforms.count; i += uniforms.blocks) { total += ${read}(n, i, c); }
      return total / ${stage}.0;
    }`,
  };
}

/** Adds the rows that are left, and makes sums of means. */
function finishing(
  { width, kinds }: SumProgram,
  partial: TensorInfo,
  [batch, count, classes]: [number, number, number],
  scale: number,
): Program {
  const read = width === 4 ? "wideAt(n, i, c)[kind]" : "getPartial(n, i, c)";
  return {
    name: `finish ${width}`,
    width: 1,
    shape: [kinds, batch, classes],
    inputs: { partial },
    readsWide: width === 4,
    integers: { count },
    floats: { scale },
    source: `
    fn valueAt(kind: i32, n: i32, c: i32) -> f32 {
      var total: f32 = 0.0;
      for (var i: i32 = 0; i < uniforms.count; i++) { total += ${read}; }
      return total * uniforms.scale;
    }`,
  };
}

function replaced(gpu: Gpu, old: TensorInfo, program: Program): TensorInfo {
  const result = gpu.run(program);
  gpu.dispose(old);
  return result;
}
