/** The extents of an array, slowest axis first: one to three axes. */
export type Shape = readonly number[];

/**
 * A shape of one to three axes seen as planes of rows: `depth` planes of `height` rows of `width` voxels.
 * An image's rows are its planes, and a line is one row; such borrowed axes are not `real`: nothing lies beyond their ends.
 */
export interface Geometry {
  readonly shape: Shape;
  readonly spacing: readonly number[];
  readonly depth: number;
  readonly height: number;
  readonly width: number;
  /** Voxels in a plane. */
  readonly plane: number;
  readonly voxels: number;
  readonly realDepth: boolean;
  readonly realHeight: boolean;
  /** Length of one step along depth, height and width, in units of `scale`. */
  readonly steps: readonly [number, number, number];
  /** The spacing itself where all axes share it, so that the steps are exactly 1; else 1. */
  readonly scale: number;
}

/** @returns the checked geometry of a shape; `who` begins every error message. */
export function createGeometry(who: string, shape: Shape, spacing: number | readonly number[] = 1): Geometry {
  if (!Array.isArray(shape) || shape.length < 1 || shape.length > 3) {
    throw new RangeError(`${who}: shape must have 1 to 3 axes (got ${describe(shape)})`);
  }
  for (const extent of shape) {
    if (!Number.isSafeInteger(extent) || extent < 0) {
      throw new RangeError(`${who}: every extent of the shape must be a whole number >= 0 (got ${describe(shape)})`);
    }
    // steps along an axis are counted in 32 bits
    if (extent >= 2 ** 31) {
      throw new RangeError(`${who}: every extent of the shape must be below 2^31 (got ${describe(shape)})`);
    }
  }
  const rank = shape.length;
  const steps = typeof spacing === "number" ? new Array<number>(rank).fill(spacing) : spacing;
  if (!Array.isArray(steps) || steps.length !== rank || !steps.every((step) => isAmount(step) && step > 0)) {
    throw new RangeError(
      `${who}: spacing must be a positive number or ${rank} of them, one per axis (got ${describe(spacing)})`,
    );
  }
  const extents: readonly number[] = shape;
  const voxels = extents.reduce((product, extent) => product * extent, 1);
  if (voxels > 2 ** 32 - 1)
    throw new RangeError(`${who}: shape must have at most 2^32 - 1 voxels (got ${describe(shape)})`);
  const depth = rank === 1 ? 1 : (extents[0] ?? 1);
  const height = rank === 3 ? (extents[1] ?? 1) : 1;
  const width = extents[rank - 1] ?? 1;
  const first: number = steps[0];
  const equal = steps.every((step) => step === first);
  const along = (axis: number): number => (equal ? 1 : (steps[axis] ?? 1));
  return {
    shape: [...extents],
    spacing: [...steps],
    depth,
    height,
    width,
    plane: height * width,
    voxels,
    realDepth: rank > 1,
    realHeight: rank === 3,
    steps: [along(0), along(1), along(rank - 1)],
    scale: equal ? first : 1,
  };
}

/** @returns the physical length of the whole array's diagonal, longer than any distance inside it. */
export function diagonalLength({ shape, spacing }: Geometry): number {
  return Math.hypot(...shape.map((extent, axis) => extent * (spacing[axis] ?? 1)));
}

/** Whether a value is a number of at least 0 that float32 holds. */
export function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(Math.fround(value)) && value >= 0;
}

/** A value as an error message shows it, short and on one line. */
export function describe(value: unknown): string {
  if (Array.isArray(value))
    return value.length > 16 ? `an array of ${value.length}` : `[${value.map(describe).join(",")}]`;
  if (typeof value === "function") return `function ${value.name || "without a name"}`;
  return typeof value === "object" && value !== null ? Object.prototype.toString.call(value) : String(value);
}
