import { concat, reshape, slice, type Tensor, type Tensor3D, tidy, zeros } from "@tensorflow/tfjs-core";

/**
 * Voxels with zeros behind the end of every axis. Whoever looks no further than the zeros reach meets one wherever a neighbour lies beyond the image:
 * in front of a line stands the end of the line before. So a neighbour is one step in memory, whatever the axis; copying a stretch of memory is
 * fast on every backend, cutting a block out of a tensor is not.
 */
export interface Grid {
  readonly spatial: readonly number[];
  /** How many zeros there are behind the end of each axis. */
  readonly margins: readonly number[];
}

/** The grid for looking at voxels that share a face or a corner. */
export function nextTo(spatial: readonly number[]): Grid {
  return { spatial, margins: spatial.map(() => 1) };
}

const product = (sides: readonly number[]) => sides.reduce((size, side) => size * side, 1);

/** `[batch, voxels, channels]` with the zeros of a grid. */
export function embedded(values: Tensor3D, { spatial, margins }: Grid): Tensor3D {
  const [batch, , channels] = values.shape;
  const wide = spatial.map((side, axis) => side + (margins[axis] as number));
  const behind = (sofar: Tensor, side: number, axis: number): Tensor => {
    const margin = margins[axis] as number;
    const outer = batch * product(spatial.slice(0, axis));
    const inner = product(wide.slice(axis + 1)) * channels;
    return margin === 0 ? sofar : concat([reshape(sofar, [outer, side * inner]), zeros([outer, margin * inner])], 1);
  };
  return tidy(() => reshape(spatial.reduceRight(behind, values as Tensor), [batch, product(wide), channels]));
}

/** The voxels of a grid without its zeros, `[batch, voxels, channels]`. */
export function extracted(values: Tensor3D, { spatial, margins }: Grid): Tensor3D {
  const [batch, , channels] = values.shape;
  const wide = spatial.map((side, axis) => side + (margins[axis] as number));
  const within = (sofar: Tensor, side: number, axis: number): Tensor => {
    const margin = margins[axis] as number;
    const outer = batch * product(spatial.slice(0, axis));
    const inner = product(wide.slice(axis + 1)) * channels;
    const lines = reshape(sofar, [outer, (side + margin) * inner]);
    return margin === 0 ? sofar : slice(lines, [0, 0], [outer, side * inner]);
  };
  return tidy(() => reshape(spatial.reduce(within, values as Tensor), [batch, product(spatial), channels]));
}

/** The value of the neighbour at an offset of each voxel of a grid. What stands at the zeros of the result means nothing. */
export function moved(values: Tensor3D, { spatial, margins }: Grid, offset: readonly number[]): Tensor3D {
  const steps = spatial.reduce(
    (sum, side, axis) => sum * (side + (margins[axis] as number)) + (offset[axis] as number),
    0,
  );
  const length = values.size;
  const distance = Math.min(Math.abs(steps) * values.shape[2], length);
  if (distance === 0) return values;
  return tidy(() => {
    const flat = reshape(values, [length]);
    const beyond = zeros([distance]);
    const rest = slice(flat, [steps > 0 ? distance : 0], [length - distance]);
    return reshape(concat(steps > 0 ? [rest, beyond] : [beyond, rest]), values.shape);
  });
}
