import type { Numbers, VoxelArrays } from "./voxel-arrays.ts";

/** Fills 0 on the boundary between the regions of labels, 1 elsewhere: on voxels that count with a face neighbour that does and is of another region. */
export function offBoundary(given: VoxelArrays, spatial: readonly number[], off: Float32Array): void {
  const regions = regionsOf(given);
  off.fill(1);
  for (const [axis, side] of spatial.entries()) {
    const inner = spatial.slice(axis + 1).reduce((size, length) => size * length, 1);
    const line = side * inner;
    for (let start = 0; start < regions.length; start += line) parted(regions, start, start + line - inner, inner, off);
  }
}

/** Takes voxels off that are of another region than the next one, a step further on, and those, from one voxel to another. */
function parted(regions: Int32Array, from: number, to: number, step: number, off: Float32Array): void {
  for (let at = from; at < to; at++) {
    const here = regions[at] as number;
    const there = regions[at + step] as number;
    if (here === there || here < 0 || there < 0) continue;
    off[at] = 0;
    off[at + step] = 0;
  }
}

/** The region of each voxel, below 0 where it does not count. */
function regionsOf(given: VoxelArrays): Int32Array {
  const { batch, voxels, classes, indexed, weights } = given;
  const labels = given.labels as Numbers;
  const regions = new Int32Array(batch * voxels);
  if (classes > 1 && indexed) regions.set(labels);
  else if (classes > 1) fillLargest(labels, classes, regions);
  else if (indexed) for (let at = 0; at < regions.length; at++) regions[at] = labels[at] === 1 ? 1 : 0;
  else for (let at = 0; at < regions.length; at++) regions[at] = (labels[at] as number) > 0.5 ? 1 : 0;
  if (weights) for (let at = 0; at < regions.length; at++) if (!((weights[at] as number) > 0)) regions[at] = -1;
  return regions;
}

/** The class of the largest value, the first of equal ones. */
function fillLargest(labels: Numbers, classes: number, regions: Int32Array): void {
  for (let at = 0, from = 0; at < regions.length; at++, from += classes) {
    let label = 0;
    let most = labels[from] as number;
    for (let c = 1; c < classes; c++) {
      const value = labels[from + c] as number;
      if (!(value > most)) continue;
      label = c;
      most = value;
    }
    regions[at] = label;
  }
}
