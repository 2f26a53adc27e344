import { concat, fill, reshape, slice, type Tensor3D } from "@tensorflow/tfjs-core";

/** Which neighbours a window holds beside its centre: one step back and one ahead along each of some spatial axes. */
export interface NeighbourWindow {
  /** The sides of the image. */
  readonly spatial: readonly number[];
  /** Which of its axes the neighbours lie along, from 0. */
  readonly axes: readonly number[];
  /** Whether a fused kernel may run. */
  readonly fused: boolean;
}

/** What the kernels of windows are told. */
export function attributesOf({ spatial, axes }: NeighbourWindow) {
  return { spatial: [...spatial], axes: [...axes] };
}

/** The steps from a voxel to its neighbours. */
export function neighbours({ axes }: NeighbourWindow): [axis: number, step: -1 | 1][] {
  return axes.flatMap((axis): [number, -1 | 1][] => [
    [axis, -1],
    [axis, 1],
  ]);
}

/** The value of the neighbour at `step` along a spatial axis, `beyond` where there is none. */
export function shift(x: Tensor3D, axis: number, step: number, beyond: number, { spatial }: NeighbourWindow): Tensor3D {
  const [batch, , classes] = x.shape;
  const product = (sides: readonly number[]) => sides.reduce((size, side) => size * side, 1);
  const side = spatial[axis] as number;
  const [outer, inner] = [batch * product(spatial.slice(0, axis)), product(spatial.slice(axis + 1)) * classes];
  const lines = reshape(x, [outer, side, inner]);
  const border = fill([outer, 1, inner], beyond);
  const rest = slice(lines, [0, step > 0 ? 1 : 0, 0], [-1, side - 1, -1]);
  return reshape(concat(step > 0 ? [rest, border] : [border, rest], 1), x.shape);
}
