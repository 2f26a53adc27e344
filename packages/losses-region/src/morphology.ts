import { windowMinimum, windowMinimumGradient } from "@lossary/core-reduce";
import { add, mul, neg, sub, type Tensor3D, tidy } from "@tensorflow/tfjs-core";

/** One channel `[batch, voxels, 1]` over the voxels of an image, whose windows end at its border and leave out what is ignored. */
export interface Grid {
  readonly spatial: readonly number[];
  /** `[batch, voxels, 1]`, 1 where a voxel counts, 0 where it is ignored; nothing where all count. */
  readonly valid: Tensor3D | undefined;
  readonly fused: boolean;
}

/** Above every probability: what is ignored is never the smallest of a window. */
const hidden = 1e4;

/** The smallest value of each voxel and its neighbours along each axis: 3, 5 or 7 voxels. */
export function erode(x: Tensor3D, grid: Grid): Tensor3D {
  return tidy(() => windowMinimum(hideIgnored(x, grid), { ...grid, axes: allAxes(grid) }));
}

/** The gradient of `erode` with respect to `x`; voxels of equal value share it. */
export function erodeGradient(upstream: Tensor3D, x: Tensor3D, eroded: Tensor3D, grid: Grid): Tensor3D {
  return tidy(() => {
    const window = { ...grid, axes: allAxes(grid) };
    return ofCounted(windowMinimumGradient(upstream, hideIgnored(x, grid), eroded, window), grid);
  });
}

/** The largest value of the full box around each voxel, 3 in each direction: one axis after the other. */
export function dilate(x: Tensor3D, grid: Grid): Tensor3D {
  return tidy(() => neg(boxMinima(hideIgnored(neg(x), grid), grid).at(-1) as Tensor3D));
}

/** The gradient of `dilate` with respect to `x`; voxels of equal value share it. */
export function dilateGradient(upstream: Tensor3D, x: Tensor3D, grid: Grid): Tensor3D {
  return tidy(() => {
    const minima = boxMinima(hideIgnored(neg(x), grid), grid);
    const slope = allAxes(grid).reduceRight((above, axis) => {
      const [values, least] = [minima[axis], minima[axis + 1]] as [Tensor3D, Tensor3D];
      return windowMinimumGradient(above, values, least, { ...grid, axes: [axis] });
    }, upstream);
    return ofCounted(slope, grid);
  });
}

const allAxes = ({ spatial }: Grid): number[] => [...spatial.keys()];

/** The field, its minima along the first axis, those along the second of these, ... */
function boxMinima(x: Tensor3D, grid: Grid): Tensor3D[] {
  const minima = [x];
  for (const axis of allAxes(grid)) minima.push(windowMinimum(minima[axis] as Tensor3D, { ...grid, axes: [axis] }));
  return minima;
}

function hideIgnored(x: Tensor3D, { valid }: Grid): Tensor3D {
  if (valid === undefined) return x;
  return tidy(() => {
    const beyond = tidy(() => mul(sub(1, valid), hidden));
    return add(mul(x, valid), beyond) as Tensor3D;
  });
}

function ofCounted(slope: Tensor3D, { valid }: Grid): Tensor3D {
  return valid === undefined ? slope : mul(slope, valid);
}
