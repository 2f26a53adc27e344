import type { ReferenceInput, ReferenceLoss, ReferenceResult } from "./input.ts";
import { boxOffsets, neighbourAt } from "./neighbourhood.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { classRegion } from "./signed-distance.ts";

/** The connected components (sharing a face, edge or corner) of a set of voxels. */
export function componentsOf(spatial: readonly number[], voxels: readonly number[]): number[][] {
  const left = new Set(voxels);
  const found: number[][] = [];
  for (const start of voxels) {
    if (!left.delete(start)) continue;
    const component = [start];
    for (const voxel of component) {
      for (const offset of boxOffsets(spatial.length)) {
        const neighbour = neighbourAt(spatial, voxel, offset);
        if (neighbour !== undefined && left.delete(neighbour)) component.push(neighbour);
      }
    }
    found.push(component);
  }
  return found;
}

// The loss of one channel of one sample against one component, the other components of the class ignored.
function componentLoss(
  loss: ReferenceLoss,
  prepared: Prepared,
  options: ReferenceInput["options"],
  n: number,
  c: number,
  component: number[],
): number {
  const { voxels, classes, spatial } = prepared;
  const own = new Set(component);
  const region = new Set(classRegion(prepared, n, c).inside);
  const at = (i: number) => n * voxels + i;
  const weights = Float64Array.from({ length: voxels }, (_, i) =>
    region.has(i) && !own.has(i) ? 0 : (prepared.v[at(i)] as number),
  );
  const {
    activation: _a,
    multiLabel: _m,
    reduction: _r,
    includeBackground: _b,
    classWeights: _q,
    ignoreLabel: _i,
    ...rest
  } = options ?? {};
  const { values } = loss({
    shape: [1, ...spatial, 1],
    predictions: Float64Array.from({ length: voxels }, (_, i) => prepared.p[at(i) * classes + c] as number),
    labels: Int32Array.from({ length: voxels }, (_, i) => (own.has(i) ? 1 : 0)),
    options: { ...rest, weights },
  });
  return values[0] as number;
}

/** Weights of the whole image's loss and of the blobs' loss. */
export interface BlobOptions {
  /** The weight of the loss of the whole image.
   * @defaultValue `2` */
  readonly mainWeight?: number;
  /** The weight of the mean over the blobs.
   * @defaultValue `1` */
  readonly blobWeight?: number;
}

/**
 * Blob loss in float64: a L + b times the mean over samples, then classes that have components, then components, of L on
 * one component with the others ignored. Exclusive channels: the background has no blobs. Only `reduction: 'mean'`.
 *
 * @param loss - L
 * @param options - a and b, see {@link BlobOptions}
 * @returns a loss like L
 *
 * @example
 * ```ts
 * import { blobLoss, referenceLosses } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 * };
 * const { values } = blobLoss(referenceLosses.diceLoss)(input);
 * console.log(values[0]?.toFixed(4)); // 0.8411: 2 x 0.28 and the mean of 0.1429 and 0.4194
 * ```
 */
export function blobLoss(loss: ReferenceLoss, { mainWeight = 2, blobWeight = 1 }: BlobOptions = {}): ReferenceLoss {
  return (input: ReferenceInput): ReferenceResult => {
    const prepared = prepare(input);
    const mean = (values: readonly number[]) =>
      values.length === 0 ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length;
    const first = prepared.exclusive ? 1 : prepared.firstClass;
    const samples = Array.from({ length: prepared.batch }, (_, n) => {
      const classes = Array.from({ length: prepared.classes - first }, (_, k) => first + k);
      const losses = classes.map((c) =>
        componentsOf(prepared.spatial, classRegion(prepared, n, c).inside).map((component) =>
          componentLoss(loss, prepared, input.options, n, c, component),
        ),
      );
      return mean(losses.filter((row) => row.length > 0).map(mean));
    });
    const main = loss(input).values[0] as number;
    return { values: Float64Array.of(mainWeight * main + blobWeight * mean(samples)), shape: [] };
  };
}
