import { detached, refuse } from "@lossary/core-reduce";
import { gather, reshape, Tensor, tensor1d } from "@tensorflow/tfjs-core";

/** What brings tensors to a coarser resolution, and the spatial sides of the full one and of that. */
export interface Resolutions {
  /** The function whose name errors carry. */
  readonly who: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Tensors among the options at a coarser resolution, and the spacing of its voxels. */
export function optionsAt<Options extends object>(
  options: Options | undefined,
  resolutions: Resolutions,
): Options | undefined {
  if (options === undefined) return undefined;
  const { from, to } = resolutions;
  const brought = Object.entries(options).map(([name, value]) => {
    if (value instanceof Tensor) return [name, atResolution(name, value, resolutions)];
    if (name !== "spacing") return [name, value];
    const sizes: number[] = Array.isArray(value) ? value : from.map(() => value as number);
    return [name, sizes.map((size, axis) => (size * (from[axis] as number)) / (to[axis] as number))];
  });
  return Object.fromEntries(brought) as Options;
}

/** Takes the voxel nearest to the middle of each coarse one; `[batch, ...from, ...rest]` to `[batch, ...to, ...rest]`. Errors carry the name. */
export function atResolution(name: string, values: Tensor, { who, from, to }: Resolutions): Tensor {
  if (from.every((side, axis) => side === to[axis])) return values;
  if (!from.every((side, axis) => side === values.shape[1 + axis]))
    refuse(who, name, `a tensor of full resolution, [batch,${from}] or with more axes`, values);
  const rest = values.shape.slice(1 + from.length);
  const voxels = from.reduce((product, side) => product * side, 1);
  const batch = values.shape[0] as number;
  const width = rest.reduce((product, side) => product * side, 1);
  return detached(() => {
    const picked = gather(reshape(values, [batch, voxels, width]), tensor1d(nearestVoxels(from, to), "int32"), 1);
    return reshape(picked, [batch, ...to, ...rest]);
  });
}

/** The flat index, in the fine grid, of the voxel nearest to the middle of each coarse one. */
function nearestVoxels(from: readonly number[], to: readonly number[]): Int32Array {
  const count = to.reduce((product, side) => product * side, 1);
  return Int32Array.from({ length: count }, (_, flat) => {
    let [rest, stride, index] = [flat, 1, 0];
    for (let axis = to.length - 1; axis >= 0; axis--) {
      const [coarse, fine] = [to[axis] as number, from[axis] as number];
      index += Math.floor((((rest % coarse) + 0.5) * fine) / coarse) * stride;
      rest = Math.floor(rest / coarse);
      stride *= fine;
    }
    return index;
  });
}
