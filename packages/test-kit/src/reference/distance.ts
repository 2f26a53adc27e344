/** The step along each axis: one number for all, or one an axis. */
export function stepsOf(spatial: readonly number[], spacing: number | readonly number[] = 1): readonly number[] {
  return typeof spacing === "number" ? spatial.map(() => spacing) : spacing;
}

/**
 * The coordinates of each voxel of a grid in C order, times the spacing.
 *
 * @param spatial - the sides of the grid
 * @param spacing - the step along each axis, one for all or one an axis; 1 by default
 * @returns one point a voxel
 *
 * @example
 * ```ts
 * import { positions } from "@lossary/test-kit/reference";
 *
 * console.log(JSON.stringify(positions([2, 2], [3, 1]))); // [[0,0],[0,1],[3,0],[3,1]]
 * ```
 */
export function positions(spatial: readonly number[], spacing?: number | readonly number[]): number[][] {
  const steps = stepsOf(spatial, spacing);
  const size = spatial.reduce((product, side) => product * side, 1);
  return Array.from({ length: size }, (_, i) => {
    let rest = i;
    const at = new Array<number>(spatial.length);
    for (let axis = spatial.length - 1; axis >= 0; axis--) {
      const side = spatial[axis] as number;
      at[axis] = (rest % side) * (steps[axis] as number);
      rest = Math.floor(rest / side);
    }
    return at;
  });
}

/**
 * The Euclidean distance of two points, $\lVert a - b \rVert$.
 *
 * @param a - a point
 * @param b - another, with as many coordinates
 * @returns at least 0
 *
 * @example
 * ```ts
 * import { distanceBetween } from "@lossary/test-kit/reference";
 *
 * console.log(distanceBetween([0, 0], [3, 4])); // 5
 * ```
 */
export function distanceBetween(a: readonly number[], b: readonly number[]): number {
  let square = 0;
  for (let axis = 0; axis < a.length; axis++) square += ((a[axis] as number) - (b[axis] as number)) ** 2;
  return Math.sqrt(square);
}

/** For each voxel the distance to the nearest seed, every pair tried; infinite without a seed. */
export function distanceToNearest(points: readonly number[][], seeds: readonly number[]): number[] {
  return points.map((point) =>
    seeds.reduce(
      (nearest, seed) => Math.min(nearest, distanceBetween(point, points[seed] as number[])),
      Number.POSITIVE_INFINITY,
    ),
  );
}

/** A region among the voxels of one sample. An ignored voxel lies on neither side. */
export interface Region {
  /** The voxels that pass the test. */
  readonly inside: readonly number[];
  /** The valid voxels that do not. */
  readonly outside: readonly number[];
}

/**
 * Splits the valid voxels of a sample by a test.
 *
 * @param valid - whether each voxel counts
 * @param test - whether a voxel is inside, by its index
 * @returns the indices on either side
 *
 * @example
 * ```ts
 * import { regionOf } from "@lossary/test-kit/reference";
 *
 * console.log(JSON.stringify(regionOf([true, true, false], (voxel) => voxel > 0))); // {"inside":[1],"outside":[0]}
 * ```
 */
export function regionOf(valid: readonly boolean[], test: (voxel: number) => boolean): Region {
  const voxels = valid.flatMap((is, i) => (is ? [i] : []));
  return { inside: voxels.filter(test), outside: voxels.filter((i) => !test(i)) };
}

/**
 * The distance of each voxel to the nearest valid voxel on the other side, every pair tried.
 *
 * ```math
 * d_i = \min_{j \text{ on the other side}} \lVert x_i - x_j \rVert
 * ```
 *
 * @param points - x, where the voxels are
 * @param region - see {@link regionOf}; an ignored voxel is measured from the inside
 * @returns one distance a voxel, above 0 on the valid ones; nothing where a side is empty
 *
 * @example
 * ```ts
 * import { distanceToOtherSide, positions, regionOf } from "@lossary/test-kit/reference";
 *
 * const region = regionOf([true, true, true, true], (voxel) => voxel > 1);
 * console.log(distanceToOtherSide(positions([4]), region)?.join(" ")); // 2 1 1 2
 * ```
 */
export function distanceToOtherSide(points: readonly number[][], region: Region): number[] | undefined {
  if (region.inside.length === 0 || region.outside.length === 0) return undefined;
  const toOutside = distanceToNearest(points, region.outside);
  const field = distanceToNearest(points, region.inside);
  for (const i of region.inside) field[i] = toOutside[i] as number;
  return field;
}
