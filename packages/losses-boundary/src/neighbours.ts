import { add, type Tensor3D, tidy, zerosLike } from "@tensorflow/tfjs-core";
import { folded } from "./folded.ts";
import { embedded, extracted, type Grid, moved, nextTo } from "./grid.ts";

/** The offsets of all neighbours that share a corner: 2, 8 or 26. */
export function cornerOffsets(axes: number): number[][] {
  const box = (rest: number): number[][] =>
    rest === 0 ? [[]] : [-1, 0, 1].flatMap((step) => box(rest - 1).map((others) => [step, ...others]));
  return box(axes).filter((offset) => offset.some((step) => step !== 0));
}

/** The offsets of the neighbours that share a face: 2, 4 or 6. */
export function faceOffsets(axes: number): number[][] {
  return cornerOffsets(axes).filter((offset) => offset.filter((step) => step !== 0).length === 1);
}

/** The sum over the face neighbours of each voxel of a grid, added to something. */
export function faceSum(values: Tensor3D, grid: Grid, start: Tensor3D = zerosLike(values)): Tensor3D {
  return folded(start, faceOffsets(grid.spatial.length), (sum, offset) => add(sum, moved(values, grid, offset)));
}

/** The sum over the face neighbours within the image, `[batch, voxels, channels]` to the same. */
export function sumOfFaces(values: Tensor3D, spatial: readonly number[]): Tensor3D {
  const grid = nextTo(spatial);
  return tidy(() => extracted(faceSum(embedded(values, grid), grid), grid));
}
