import { recordLength } from "./distributions.ts";
import { eachTile, type Simd } from "./simd-tiles.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** Records of four numbers in two tiles. */
const mostVoxels = 8192;

/** Fills the record of each voxel; a tile's stand where its labels and a field would. */
export function distributions(simd: Simd, given: VoxelArrays, records: Float32Array): void {
  const { run, floats, at } = simd;
  const length = recordLength(given.classes);
  // so that the records of a tile take the place of two
  const largestTile = Math.min(simd.largestTile, mostVoxels);
  eachTile({ ...simd, largestTile }, given, undefined, {
    tile: ({ first, count }) => {
      run.distributions(count);
      records.set(floats.subarray(at.labels, at.labels + count * length), first * length);
    },
  });
}
