import { readVoxels } from "./loop-voxel.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** Fills v of every voxel. */
export function voxelWeights(given: VoxelArrays, map: Float32Array): void {
  const { weigh } = readVoxels(given);
  for (let at = 0; at < map.length; at++) map[at] = weigh(at);
}

/** Fills the gradient of sums over voxels: every voxel has that of its sum. */
export function spreadSums(
  { batch, voxels, classes }: VoxelArrays,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  for (let sample = 0; sample < batch; sample++) {
    const [first, last] = [sample * voxels * classes, (sample + 1) * voxels * classes];
    if (classes === 1) gradient.fill(upstream[sample] as number, first, last);
    else {
      const row = upstream.subarray(sample * classes, (sample + 1) * classes);
      for (let at = first; at < last; at += classes) gradient.set(row, at);
    }
  }
}
