import { type SortingRoom, sortFalling, sortingRoom } from "./falling-order.ts";
import type { Numbers } from "./voxel-arrays.ts";

/** Errors and the masses of positives, each `[groups, size, classes]`, and the weights of voxels, `[groups, size]`. */
export interface JaccardArrays {
  readonly groups: number;
  readonly size: number;
  readonly classes: number;
  readonly errors: Float32Array;
  readonly positives: Float32Array;
  /** Left out where every voxel weighs 1. */
  readonly weights?: Numbers | undefined;
}

/** Fills what the Jaccard loss grows by at each voxel, as the portable kernel says, in double precision. */
export function jaccardIncrements(given: JaccardArrays, increments: Float32Array): void {
  const { groups, size, classes, errors, positives, weights } = given;
  const room = sortingRoom(size);
  const masses = new Float32Array(size);
  for (let group = 0; group < groups; group++) {
    const ofVoxels = weights?.subarray(group * size, (group + 1) * size);
    for (let label = 0; label < classes; label++) {
      const first = group * size * classes + label;
      sortFalling(errors, first, classes, room);
      // side by side, since they are read in the order of errors
      for (let voxel = 0, at = first; voxel < size; voxel++, at += classes) masses[voxel] = positives[at] as number;
      fillRow(room, masses, ofVoxels, increments, first, classes);
    }
  }
}

function fillRow(
  { keys, order }: SortingRoom,
  positives: Float32Array,
  weights: Numbers | undefined,
  increments: Float32Array,
  first: number,
  classes: number,
): void {
  const size = keys.length;
  let labelled = 0;
  for (let voxel = 0; voxel < size; voxel++) labelled += positives[voxel] as number;
  let intersection = labelled;
  let union = labelled;
  let perUnion = union > 0 ? 1 / union : 0;
  for (let start = 0; start < size; ) {
    const level = keys[start] as number;
    let end = start;
    let left = intersection;
    let whole = union;
    for (; end < size && keys[end] === level; end++) {
      const voxel = order[end] as number;
      const positive = positives[voxel] as number;
      left -= positive;
      whole += (weights === undefined ? 1 : (weights[voxel] as number)) - positive;
    }
    const perWhole = whole > 0 ? 1 / whole : 0;
    const perPositive = union > 0 ? (perUnion + perWhole) / 2 : 0;
    const perNegative = union > 0 ? ((intersection + left) / 2) * perUnion * perWhole : perWhole;
    for (let rank = start; rank < end; rank++) {
      const voxel = order[rank] as number;
      const positive = positives[voxel] as number;
      const negative = (weights === undefined ? 1 : (weights[voxel] as number)) - positive;
      increments[first + voxel * classes] = positive * perPositive + negative * perNegative;
    }
    intersection = Math.max(left, 0);
    union = whole;
    perUnion = perWhole;
    start = end;
  }
}
