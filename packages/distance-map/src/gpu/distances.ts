import type { Gpu, GpuCall, GpuKernel, Program } from "@lossary/core-reduce";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type FinishSource, finish } from "./finish-source.ts";
import { type Found, found, search, seeds } from "./search-source.ts";
import { sides } from "./side-source.ts";

/** What the kernel of distances is told. */
export interface DistanceAttributes extends Omit<FinishSource, "axes"> {
  readonly spatial: readonly number[];
  /** The length of a step along each axis, in units of `scale`. */
  readonly steps: readonly number[];
  readonly scale: number;
  readonly classes: number;
  readonly indices: boolean;
  /** In the units of the result: the largest distance, that of a voxel without another side, and that of a field without a border. */
  readonly cap: number;
  readonly nothing: number;
  readonly borderless: number;
  readonly alpha: number;
}

/**
 * The map of distances of every sample and class, `[batch, voxels, classes]`, from labels `[batch, voxels]` or `[batch, voxels, classes]` and
 * weights `[batch, voxels]`: a search along each axis, then what is asked for of the squared distances.
 */
export const distanceKernel: GpuKernel = {
  name: "LossaryDistances",
  run: ({ inputs, attributes, gpu }: GpuCall) => {
    const told = attributes as unknown as DistanceAttributes;
    const given = inputs as { readonly labels: TensorInfo; readonly weights?: TensorInfo };
    const [batch, voxels] = given.labels.shape as [number, number];
    const shape = [batch, voxels, told.classes] as const;
    const { squares, counts } = searched(gpu, given, told, shape);
    const strides = stridesOf(told.spatial);
    const map = gpu.run({
      name: ["finish", told.map, told.squared, told.step, told.border, strides.length, sideName(given, told)].join(" "),
      width: 1,
      shape,
      source: sidesOf(given, told) + finish({ ...told, axes: strides.length }),
      inputs: { ...given, squares, ...(counts && { counts }) },
      integers: {
        classes: told.classes,
        ...Object.fromEntries(strides.map((stride, axis) => [`stride${axis}`, stride])),
        ...Object.fromEntries(told.spatial.map((extent, axis) => [`extent${axis}`, extent])),
      },
      floats: {
        scale: told.scale,
        cap: Math.min(told.cap, 1e30),
        nothing: told.nothing,
        borderless: told.borderless,
        alpha: told.alpha,
      },
    });
    for (const used of [squares, counts]) if (used) gpu.dispose(used);
    return map;
  },
};

interface Sides {
  readonly labels: TensorInfo;
  readonly weights?: TensorInfo;
}

interface Searched {
  readonly squares: TensorInfo;
  readonly counts?: TensorInfo | undefined;
}

/** Squared distances to the outside of each class and, but for distances of the inside alone, to its inside. */
function searched(
  gpu: Gpu,
  given: Sides,
  told: DistanceAttributes,
  shape: readonly [number, number, number],
): Searched {
  const [batch, voxels, classes] = shape;
  const wantsCounts = told.step === "own";
  const columns = told.map === "distance" ? classes : 2 * classes;
  const strides = stridesOf(told.spatial);
  const long = strides.map((_, axis) => axis).filter((axis) => told.border || (told.spatial[axis] as number) > 1);
  const axes = long.length > 0 ? long : [0];
  let last: Searched | undefined;
  for (const axis of axes.reverse()) {
    const pass = (result: Found): Program => ({
      name: ["search", result, wantsCounts, told.border, last ? "" : sideName(given, told)].join(" "),
      width: 1,
      shape: [batch, voxels, columns],
      source: (last ? found(wantsCounts) : sidesOf(given, told) + seeds) + search(result, wantsCounts, told.border),
      inputs: last ? { squares: last.squares, ...(last.counts && { counts: last.counts }) } : { ...given },
      integers: { classes, stride: strides[axis] as number, extent: told.spatial[axis] as number },
      floats: { spacing: told.steps[axis] as number },
    });
    const next = { squares: gpu.run(pass("squares")), counts: wantsCounts ? gpu.run(pass("counts")) : undefined };
    for (const used of [last?.squares, last?.counts]) if (used) gpu.dispose(used);
    last = next;
  }
  return last as Searched;
}

function sidesOf({ weights }: Sides, { indices }: DistanceAttributes): string {
  return sides({ indices, weighted: weights !== undefined });
}

function sideName({ weights }: Sides, { indices }: DistanceAttributes): string {
  return `${indices} ${weights !== undefined}`;
}

/** How far apart neighbours along each axis are. */
function stridesOf(spatial: readonly number[]): number[] {
  return spatial.map((_, axis) => spatial.slice(axis + 1).reduce((product, extent) => product * extent, 1));
}
