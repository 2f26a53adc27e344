import { type Kinds, sumsOf } from "./simd-passes.ts";
import type { Simd, Tile } from "./simd-tiles.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** Fills sums as `sumsOf` does; says whether what is left holds the labels too, as every tile has to say with a number that is not 0. */
export function sumsWithLabels(
  simd: Simd,
  given: VoxelArrays,
  sums: Float32Array,
  { kinds, run }: { readonly kinds: Kinds; readonly run: (tile: Tile) => number },
): boolean {
  let holdsLabels = true;
  sumsOf(simd, given, sums, {
    kinds,
    run: (tile) => {
      if (run(tile) === 0) holdsLabels = false;
    },
  });
  return holdsLabels;
}

/** What a backward pass is given: labels of 0 and 1 stand in what was left and are not read again. */
export function withoutReadLabels(given: VoxelArrays): VoxelArrays {
  return given.isLabelled ? { ...given, labels: undefined } : given;
}
