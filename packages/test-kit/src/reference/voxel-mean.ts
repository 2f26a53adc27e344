import { reduceClasses } from "./class-mean.ts";
import type { ReferenceResult } from "./input.ts";
import { overlap, sumVoxels } from "./overlap.ts";
import type { Prepared } from "./prepare.ts";

/** The mean over valid voxels of a term, one a (sample, class). */
export function voxelMean(prepared: Prepared, sample: number, c: number, term: (element: number) => number): number {
  const { voxels, classes } = prepared;
  const range = { from: sample * voxels, to: (sample + 1) * voxels };
  return sumVoxels(prepared, range, (i) => term(i * classes + c)) / sumVoxels(prepared, range, () => 1);
}

/** Reduces the means over valid voxels of a term: over classes, then over samples. */
export function reduceVoxelMeans(prepared: Prepared, term: (element: number) => number): ReferenceResult {
  return reduceClasses(prepared, overlap(prepared), (_, sample, c) => voxelMean(prepared, sample, c, term));
}
