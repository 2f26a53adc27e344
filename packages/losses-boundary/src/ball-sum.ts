import type { BallRow } from "@lossary/core-reduce";
import { add, dispose, type Tensor3D, tidy, zerosLike } from "@tensorflow/tfjs-core";
import { folded } from "./folded.ts";
import { embedded, extracted, moved } from "./grid.ts";

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
  const rows = ballRows(radius, spacing, spatial);
  const longest = Math.max(...rows.map(({ half }) => half));
  const reach = spatial.slice(0, -1).map((_, axis) => Math.max(...rows.map(({ offset }) => offset[axis] as number)));
  const grid = { spatial, margins: [...reach, longest] };
  const along = (steps: number) => spatial.map((_, axis) => (axis === spatial.length - 1 ? steps : 0));
  return tidy(() => {
    const field = embedded(values, grid);
    let row = field;
    let total = zerosLike(field);
    for (let half = 0; half <= longest; half++) {
      const places = rows.filter((row) => row.half === half);
      const ends = half === 0 ? [] : [half, -half];
      const longer = folded(row, ends, (sum, steps) => add(sum, moved(field, grid, along(steps))));
      const sum = folded(total, places, (sofar, place) => add(sofar, moved(longer, grid, [...place.offset, 0])));
      if (longer !== row && row !== field) dispose(row);
      if (sum !== total) dispose(total);
      [row, total] = [longer, sum];
    }
    return extracted(total, grid);
  });
}

/** The rows of a ball, none beyond the image. */
export function ballRows(radius: number, spacing: readonly number[], spatial: readonly number[]): BallRow[] {
  // what lies on the sphere is in the ball, however its distance is rounded
  const square = (radius * (1 + 1e-12)) ** 2;
  const most = (axis: number) =>
    Math.min(Math.floor(radius / (spacing[axis] as number)) + 1, (spatial[axis] as number) - 1);
  const offsets = spacing
    .slice(0, -1)
    .reduce<number[][]>(
      (sofar, _, axis) =>
        sofar.flatMap((offset) =>
          Array.from({ length: 2 * most(axis) + 1 }, (_, index) => [...offset, index - most(axis)]),
        ),
      [[]],
    );
  return offsets.flatMap((offset) => {
    const left = offset.reduce((rest, steps, axis) => rest - (steps * (spacing[axis] as number)) ** 2, square);
    if (left < 0) return [];
    const half = Math.min(Math.floor(Math.sqrt(left) / (spacing.at(-1) as number)), (spatial.at(-1) as number) - 1);
    return [{ offset, half }];
  });
}
