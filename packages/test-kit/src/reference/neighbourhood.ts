/** The coordinates of a voxel in C order. */
export function coordinatesOf(spatial: readonly number[], voxel: number): number[] {
  const at = new Array<number>(spatial.length);
  let rest = voxel;
  for (let axis = spatial.length - 1; axis >= 0; axis--) {
    at[axis] = rest % (spatial[axis] as number);
    rest = Math.floor(rest / (spatial[axis] as number));
  }
  return at;
}

/** The index of coordinates in C order, or undefined outside the image. */
export function indexOf(spatial: readonly number[], at: readonly number[]): number | undefined {
  if (at.some((x, axis) => x < 0 || x >= (spatial[axis] as number))) return undefined;
  return at.reduce((index, x, axis) => index * (spatial[axis] as number) + x, 0);
}

/** The neighbour at an offset, or undefined outside the image. */
export function neighbourAt(spatial: readonly number[], voxel: number, offset: readonly number[]): number | undefined {
  return indexOf(
    spatial,
    coordinatesOf(spatial, voxel).map((x, axis) => x + (offset[axis] as number)),
  );
}

/** The offsets of the full box of side 3, in C order, the centre among them. */
export function boxOffsets(dimensions: number): number[][] {
  if (dimensions === 0) return [[]];
  return [-1, 0, 1].flatMap((step) => boxOffsets(dimensions - 1).map((rest) => [step, ...rest]));
}

/** The offsets of the face neighbours: one step along one axis. */
export function faceOffsets(dimensions: number): number[][] {
  return boxOffsets(dimensions).filter((offset) => offset.reduce((sum, step) => sum + Math.abs(step), 0) === 1);
}
