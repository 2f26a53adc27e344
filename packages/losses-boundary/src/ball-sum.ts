import { add, dispose, type Tensor3D, tidy, zerosLike } from "@tensorflow/tfjs-core";
import { folded } from "./folded.ts";
import { embedded, extracted, moved } from "./grid.ts";

/** A row of voxels through a ball: where its centre lies, an offset on the fastest axis always 0. */
type Row = readonly number[];

/**
 * The sum over the voxels within `radius` of each voxel, 0 beyond the image: `[batch, voxels, channels]` to the same. It is its own transpose.
 *
 * A ball is made of rows along the fastest axis. The row sums grow by one voxel at both ends, and each is added wherever a row of its
 * length lies in the ball: adds for the rows of the ball instead of its voxels, with one running row sum and one running total in memory.
 */
export function ballSum(
  values: Tensor3D,
  spatial: readonly number[],
  spacing: readonly number[],
  radius: number,
): Tensor3D {
  const rows = rowsOf(radius, spacing, spatial);
  const longest = Math.max(...rows.keys());
  const reach = spatial.map((_, axis) => Math.max(...[...rows.values()].flat().map((row) => row[axis] as number)));
  const grid = { spatial, margins: [...reach.slice(0, -1), longest] };
  const along = (steps: number) => spatial.map((_, axis) => (axis === spatial.length - 1 ? steps : 0));
  return tidy(() => {
    const field = embedded(values, grid);
    let row = field;
    let total = zerosLike(field);
    for (let half = 0; half <= longest; half++) {
      const places = rows.get(half) ?? [];
      const ends = half === 0 ? [] : [half, -half];
      const longer = folded(row, ends, (sum, steps) => add(sum, moved(field, grid, along(steps))));
      const sum = folded(total, places, (sofar, place) => add(sofar, moved(longer, grid, place)));
      if (longer !== row && row !== field) dispose(row);
      if (sum !== total) dispose(total);
      [row, total] = [longer, sum];
    }
    return extracted(total, grid);
  });
}

/** The rows of a ball by the half of their length, the voxels on each side of their centre; none beyond the image. */
function rowsOf(radius: number, spacing: readonly number[], spatial: readonly number[]): Map<number, Row[]> {
  // what lies on the sphere is in the ball, however its distance is rounded
  const square = (radius * (1 + 1e-12)) ** 2;
  const most = (axis: number) =>
    Math.min(Math.floor(radius / (spacing[axis] as number)) + 1, (spatial[axis] as number) - 1);
  const slower = spacing
    .slice(0, -1)
    .reduce<number[][]>(
      (offsets, _, axis) =>
        offsets.flatMap((offset) =>
          Array.from({ length: 2 * most(axis) + 1 }, (_, index) => [...offset, index - most(axis)]),
        ),
      [[]],
    );
  const rows = new Map<number, Row[]>();
  for (const offset of slower) {
    const left = offset.reduce((rest, steps, axis) => rest - (steps * (spacing[axis] as number)) ** 2, square);
    if (left < 0) continue;
    const half = Math.min(Math.floor(Math.sqrt(left) / (spacing.at(-1) as number)), (spatial.at(-1) as number) - 1);
    rows.set(half, [...(rows.get(half) ?? []), [...offset, 0]]);
  }
  return rows;
}
