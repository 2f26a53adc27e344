import {
  add,
  cast,
  concat,
  div,
  equal,
  fill,
  minimum,
  mul,
  neg,
  reshape,
  slice,
  sub,
  type Tensor3D,
  tidy,
  zeros,
} from "@tensorflow/tfjs-core";

/** A field `[batch, voxels, classes]` over the voxels of an image, whose windows leave out what is ignored. */
export interface Grid {
  readonly spatial: readonly number[];
  /** `[batch, voxels, 1]`, 1 where a voxel counts, 0 where it is ignored; nothing where all count. */
  readonly valid: Tensor3D | undefined;
}

/** Above every probability and within every float format; what lies outside of the image, or is ignored, never is the smallest of a window. */
const outside = 1e4;

/*
 * Everything here is made of slices, comparisons and sums of rank 3. Pooling would be shorter and wrong: of windows without a value above 0
 * wasm returns its start value, its gradient goes to other ties than elsewhere, and volumes would need rank 5.
 */

/** The smallest value of each voxel and its neighbours along each axis: 3, 5 or 7 voxels. */
export function erode(x: Tensor3D, grid: Grid): Tensor3D {
  return tidy(() => windowMinimum(hideIgnored(x, grid), allAxes(grid), grid));
}

/** The gradient of `erode` with respect to `x`; voxels of equal value share it. */
export function erodeGradient(upstream: Tensor3D, x: Tensor3D, eroded: Tensor3D, grid: Grid): Tensor3D {
  return tidy(() => ofCounted(windowGradient(upstream, hideIgnored(x, grid), eroded, allAxes(grid), grid), grid));
}

/** The largest value of the full box around each voxel, 3 in each direction: one axis after the other. */
export function dilate(x: Tensor3D, grid: Grid): Tensor3D {
  return tidy(() => neg(boxMinima(hideIgnored(neg(x), grid), grid).at(-1) as Tensor3D));
}

/** The gradient of `dilate` with respect to `x`; voxels of equal value share it. */
export function dilateGradient(upstream: Tensor3D, x: Tensor3D, grid: Grid): Tensor3D {
  return tidy(() => {
    const minima = boxMinima(hideIgnored(neg(x), grid), grid);
    const slope = allAxes(grid).reduceRight(
      (slope, axis) => windowGradient(slope, minima[axis] as Tensor3D, minima[axis + 1] as Tensor3D, [axis], grid),
      upstream,
    );
    return ofCounted(slope, grid);
  });
}

const allAxes = ({ spatial }: Grid): number[] => [...spatial.keys()];

/** Ignored voxels so large that they are never the smallest of a window with others in it. */
function hideIgnored(x: Tensor3D, { valid }: Grid): Tensor3D {
  return valid === undefined ? x : add(mul(x, valid), mul(sub(1, valid), outside));
}

function ofCounted(slope: Tensor3D, { valid }: Grid): Tensor3D {
  return valid === undefined ? slope : mul(slope, valid);
}

/** The field, its minima along the first axis, those along the second of these, ... */
function boxMinima(x: Tensor3D, grid: Grid): Tensor3D[] {
  const minima = [x];
  for (const axis of allAxes(grid)) minima.push(windowMinimum(minima[axis] as Tensor3D, [axis], grid));
  return minima;
}

function windowMinimum(x: Tensor3D, axes: readonly number[], grid: Grid): Tensor3D {
  return tidy(() =>
    neighbours(axes)
      .map(([axis, step]) => shift(x, axis, step, outside, grid))
      .reduce<Tensor3D>((least, other) => minimum(least, other), x),
  );
}

function windowGradient(
  upstream: Tensor3D,
  x: Tensor3D,
  least: Tensor3D,
  axes: readonly number[],
  grid: Grid,
): Tensor3D {
  return tidy(() => {
    const isLeast = (values: Tensor3D): Tensor3D => cast(equal(values, least), "float32");
    const moved = (axis: number, step: number) => isLeast(shift(x, axis, step, outside, grid));
    const own = isLeast(x);
    const ties = neighbours(axes).reduce<Tensor3D>((count, [axis, step]) => add(count, moved(axis, step)), own);
    const share = div(upstream, ties) as Tensor3D;
    return neighbours(axes).reduce<Tensor3D>(
      (sum, [axis, step]) => add(sum, shift(mul(share, moved(axis, step)), axis, -step, 0, grid)),
      mul(share, own),
    );
  });
}

/** One step back and one ahead along each axis. */
function neighbours(axes: readonly number[]): [axis: number, step: -1 | 1][] {
  return axes.flatMap((axis): [number, -1 | 1][] => [
    [axis, -1],
    [axis, 1],
  ]);
}

/** The value of the neighbour at `step` along a spatial axis, `beyond` where there is none. */
function shift(x: Tensor3D, axis: number, step: number, beyond: number, { spatial }: Grid): Tensor3D {
  const [batch, , classes] = x.shape;
  const product = (sides: readonly number[]) => sides.reduce((size, side) => size * side, 1);
  const side = spatial[axis] as number;
  const [outer, inner] = [batch * product(spatial.slice(0, axis)), product(spatial.slice(axis + 1)) * classes];
  const lines = reshape(x, [outer, side, inner]);
  const border = beyond === 0 ? zeros([outer, 1, inner]) : fill([outer, 1, inner], beyond);
  const rest = slice(lines, [0, step > 0 ? 1 : 0, 0], [-1, side - 1, -1]);
  return reshape(concat(step > 0 ? [rest, border] : [border, rest], 1), x.shape);
}
