import { refuse } from "@lossary/core-reduce";
import { getBackend, Tensor, tensor } from "@tensorflow/tfjs-core";
import type { Shape } from "../array/geometry.ts";
import { checkOptions } from "../array/options.ts";

/** How labels are given to a map. */
export interface LabelOptions {
  /**
   * Number of classes of int32 class indices `[batch, ...spatial]` or `[batch, ...spatial, 1]`; an index outside
   * [0, classes) is of no class. Without it labels are one-hot, `[batch, ...spatial, classes]`: a float32 above 0.5, or
   * a nonzero int32 or bool, is in the class.
   * @defaultValue labels are one-hot
   */
  classes?: number;
}

/** Options of the maps of distances, which may end at some voxels alone. */
export interface IgnoringOptions {
  /**
   * `[batch, ...spatial]`, the `weights` of a loss: a voxel of weight 0 lies on no side, so that no distance ends there, and its own is 0.
   * @defaultValue every voxel lies on a side
   */
  weights?: Tensor;
}

/** Writes the map of one class's mask of one sample. */
export type MaskMap = (mask: Uint8Array, out: Float32Array) => void;

/** Makes of a map of distances what is asked for, in place; ignored voxels are marked with 1. */
export type Finish = (mask: Uint8Array, out: Float32Array, ignored?: Uint8Array) => void;

interface Layout {
  readonly batch: number;
  readonly spatial: Shape;
  readonly voxels: number;
  readonly classes: number;
  readonly indices: boolean;
}

/** The map of every sample and class, `[batch, ...spatial, classes]`; reads the labels back, so no gradient reaches them. */
export function classMap(
  who: string,
  labels: Tensor,
  options: LabelOptions & IgnoringOptions,
  create: (shape: Shape) => MaskMap,
  finish?: Finish,
): Tensor {
  const layout = layoutOf(who, labels, options);
  expectReadable(who);
  return assemble(layout, labels.dataSync(), create(layout.spatial), options.weights?.dataSync(), finish);
}

/** As {@link classMap}, on every backend. */
export async function classMapAsync(
  who: string,
  labels: Tensor,
  options: LabelOptions & IgnoringOptions,
  create: (shape: Shape) => MaskMap,
  finish?: Finish,
): Promise<Tensor> {
  const layout = layoutOf(who, labels, options);
  const map = create(layout.spatial);
  const [values, weights] = await Promise.all([labels.data(), options.weights?.data()]);
  return assemble(layout, values, map, weights, finish);
}

/** Throws on a backend that cannot read back while the caller waits. */
export function expectReadable(who: string): void {
  if (getBackend() === "webgpu") throw new Error(`${who}: webgpu cannot read labels back at once; use ${who}Async`);
}

/** How labels are laid out; throws for those that no map takes, and for weights that do not fit them. */
export function layoutOf(who: string, labels: Tensor, { weights, ...options }: LabelOptions & IgnoringOptions): Layout {
  const layout = layoutOfLabels(who, labels, options);
  checkWeights(who, layout, weights);
  return layout;
}

/** Throws unless the labels are a tensor of numbers and the options an object. */
export function checkCall(who: string, labels: Tensor, options: object): void {
  const isNumbers = labels instanceof Tensor && labels.dtype !== "string" && labels.dtype !== "complex64";
  if (!isNumbers) refuse(who, "labels", "a tensor of numbers", labels);
  checkOptions(who, options);
}

function layoutOfLabels(who: string, labels: Tensor, { classes }: LabelOptions): Layout {
  const { shape, dtype } = labels;
  const got = `got ${dtype} [${shape.join(",")}]`;
  if (classes === undefined) {
    if (shape.length < 3 || shape.length > 5) {
      throw new Error(
        `${who}: one-hot labels must be [batch, ...spatial, classes] with 1 to 3 spatial axes (${got}; int32 class indices need the option classes)`,
      );
    }
    const spatial = shape.slice(1, -1);
    return { batch: shape[0] ?? 0, spatial, voxels: sizeOf(spatial), classes: shape.at(-1) ?? 0, indices: false };
  }
  if (!Number.isSafeInteger(classes) || classes < 1) refuse(who, "classes", "a whole number >= 1", classes);
  const spatial = indexedSpatial(shape);
  if (dtype !== "int32" || spatial.length < 1 || spatial.length > 3) {
    throw new Error(
      `${who}: with the option classes, labels must be int32 class indices [batch, ...spatial] or [batch, ...spatial, 1] with 1 to 3 spatial axes (${got})`,
    );
  }
  return { batch: shape[0] ?? 0, spatial, voxels: sizeOf(spatial), classes, indices: true };
}

/** The spatial axes of class indices; a last axis of 1 after another spatial axis is the channel. */
export function indexedSpatial(shape: readonly number[]): number[] {
  const channel = shape.length > 2 && shape.at(-1) === 1;
  return shape.slice(1, channel ? -1 : undefined);
}

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

function checkWeights(who: string, { batch, spatial }: Layout, weights: Tensor | undefined): void {
  const expected = [batch, ...spatial].join(",");
  if (weights === undefined) return;
  if (!(weights instanceof Tensor) || weights.shape.join(",") !== expected) {
    refuse(who, "weights", `[${expected}], one a voxel`, weights);
  }
}

function assemble(
  layout: Layout,
  values: ArrayLike<number>,
  map: MaskMap,
  weights: ArrayLike<number> | undefined,
  finish: Finish | undefined,
): Tensor {
  const { batch, spatial, voxels, classes, indices } = layout;
  const result = new Float32Array(batch * voxels * classes);
  const mask = new Uint8Array(voxels);
  const own = new Float32Array(voxels);
  for (let sample = 0; sample < batch; sample++) {
    const first = sample * voxels;
    const ignored = ignoredVoxels(weights, first, voxels);
    const sided = ignored ? betweenSides(map, ignored) : map;
    for (let c = 0; c < classes; c++) {
      // one class's indices are a mask of 0 and 1
      const label = classes === 1 ? 1 : c;
      for (let i = 0; i < voxels; i++) {
        const inside = indices ? values[first + i] === label : (values[(first + i) * classes + c] as number) > 0.5;
        mask[i] = inside ? 1 : 0;
      }
      sided(mask, own);
      finish?.(mask, own, ignored);
      for (let i = 0; i < voxels; i++) result[(first + i) * classes + c] = own[i] as number;
    }
  }
  return tensor(result, [batch, ...spatial, classes], "float32");
}

/** 1 at the ignored voxels of a sample; nothing where there are none. */
function ignoredVoxels(weights: ArrayLike<number> | undefined, first: number, voxels: number): Uint8Array | undefined {
  if (weights === undefined) return undefined;
  const ignored = Uint8Array.from({ length: voxels }, (_, i) => (weights[first + i] === 0 ? 1 : 0));
  return ignored.includes(1) ? ignored : undefined;
}

/** With the ignored voxels counted as outside, distances from outside are right; counted as inside, those from inside. */
function betweenSides(map: MaskMap, ignored: Uint8Array): MaskMap {
  const narrow = new Uint8Array(ignored.length);
  const wide = new Uint8Array(ignored.length);
  const fromInside = new Float32Array(ignored.length);
  return (mask, out) => {
    for (let i = 0; i < mask.length; i++) {
      narrow[i] = mask[i] && !ignored[i] ? 1 : 0;
      wide[i] = mask[i] || ignored[i] ? 1 : 0;
    }
    map(narrow, out);
    map(wide, fromInside);
    for (let i = 0; i < mask.length; i++) {
      if (ignored[i]) out[i] = 0;
      else if (mask[i]) out[i] = fromInside[i] as number;
    }
  };
}
