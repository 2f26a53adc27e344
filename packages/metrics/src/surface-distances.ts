import { type OptionRule, readOptions, refuse, spacing } from "@lossary/core-reduce";
import { createDistancePlan } from "@lossary/distance-map/array";

/** The distances between the surfaces of two masks, one for each voxel of a surface. */
export interface SurfaceDistances {
  /** From each surface voxel of the first mask to the nearest one of the second. */
  readonly there: Float32Array;
  /** From each surface voxel of the second mask to the nearest one of the first. */
  readonly back: Float32Array;
}

/** The options of {@link surfaceDistances}. */
export interface SurfaceOptions {
  /**
   * The distance between neighbouring voxels, one number or one an axis.
   * @defaultValue `1`
   */
  spacing?: number | readonly number[];
  /**
   * Not 0 where a voxel is in neither mask nor outside of it: a surface does not end there.
   * @defaultValue no voxel is ignored
   */
  ignored?: ArrayLike<number>;
}

const ignored: OptionRule<ArrayLike<number> | undefined> = {
  expected: "a list of numbers, one a voxel",
  allows: (value) => typeof value === "object" && value !== null && "length" in value,
  default: undefined,
};

const rules = { spacing, ignored };

/**
 * The distances between the surfaces of two masks, of which every measure of surfaces is made.
 *
 * ```math
 * d_i = \min_{j \in \partial B} \lVert x_i - x_j \rVert \ \text{for } i \in \partial A, \quad\text{and the other way round}
 * ```
 *
 * A voxel is on the surface of a mask where it is inside and one of its face neighbours is outside, or beyond the edge of the image.
 *
 * @param first - a mask in C order, not 0 inside
 * @param second - the other mask, of the same length
 * @param shape - one to three extents, slowest axis first
 * @param options - see {@link SurfaceOptions}
 * @returns the distances in both directions, at least 0, in units of the spacing; nothing where a mask is empty
 * @throws Error for masks that do not have the shape, for a shape that is none, and for options that do not fit
 *
 * @example
 * ```ts
 * import { surfaceDistances } from "@lossary/metrics";
 *
 * const distances = surfaceDistances([0, 1, 1, 1, 0, 0], [0, 0, 1, 1, 1, 1], [6], { spacing: 2 });
 * console.log(distances?.there); // Float32Array(2) [ 2, 2 ]
 * console.log(distances?.back); // Float32Array(2) [ 2, 4 ]
 * ```
 */
export function surfaceDistances(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  shape: readonly number[],
  options?: SurfaceOptions,
): SurfaceDistances | undefined {
  const { spacing, ignored } = readOptions("surfaceDistances", options, rules);
  checkGeometry(shape, spacing);
  const voxels = shape.reduce((product, side) => product * side, 1);
  for (const [name, mask] of Object.entries({ first, second, ...(ignored && { ignored }) })) {
    if (mask?.length !== voxels)
      refuse("surfaceDistances", name, `of ${voxels} voxels, [${shape.join(",")}]`, mask?.length);
  }
  const surfaces = [first, second].map((mask) => surfaceOf(mask, shape, ignored)) as [Uint8Array, Uint8Array];
  const [ofFirst, ofSecond] = surfaces;
  if (!ofFirst.includes(0) || !ofSecond.includes(0)) return undefined;
  const plan = createDistancePlan(shape as [number], { spacing });
  const distances = surfaces.map((surface) => plan.run(surface, new Float32Array(voxels)));
  const at = (surface: Uint8Array, map: Float32Array) => map.filter((_distance, voxel) => surface[voxel] === 0);
  return {
    there: at(ofFirst, distances[1] as Float32Array),
    back: at(ofSecond, distances[0] as Float32Array),
  };
}

/** What the distance transform would refuse in a name that the caller has not called. */
function checkGeometry(shape: readonly number[], spacing: number | readonly number[]): void {
  const isSide = (side: unknown) => Number.isSafeInteger(side) && (side as number) >= 0;
  if (!Array.isArray(shape) || shape.length < 1 || shape.length > 3 || !shape.every(isSide)) {
    refuse("surfaceDistances", "shape", "1 to 3 whole numbers of at least 0", shape);
  }
  if (Array.isArray(spacing) && spacing.length !== shape.length) {
    refuse("surfaceDistances", "spacing", `a number above 0, or ${shape.length} of them, one an axis`, spacing);
  }
}

/** 0 on the surface of a mask and 1 elsewhere, as a distance transform takes it. */
function surfaceOf(
  mask: ArrayLike<number>,
  shape: readonly number[],
  ignored: ArrayLike<number> | undefined,
): Uint8Array {
  const surface = new Uint8Array(mask.length).fill(1);
  const isInside = (voxel: number) => mask[voxel] !== 0 && !ignored?.[voxel];
  const isOutside = (voxel: number) => mask[voxel] === 0 && !ignored?.[voxel];
  let stride = mask.length;
  for (const side of shape) {
    const whole = stride;
    stride /= side;
    for (let voxel = 0; voxel < mask.length; voxel++) {
      if (!isInside(voxel)) continue;
      const place = Math.floor((voxel % whole) / stride);
      const endsBefore = place === 0 || isOutside(voxel - stride);
      const endsBehind = place === side - 1 || isOutside(voxel + stride);
      if (endsBefore || endsBehind) surface[voxel] = 0;
    }
  }
  return surface;
}
