import { hasIndices, type Problem, weightsOf } from "@lossary/core-reduce";
import { connectedComponents } from "@lossary/distance-map/array";
import { getBackend } from "@tensorflow/tfjs-core";

/** The connected components of one class in one sample. */
export interface Blobs {
  readonly sample: number;
  readonly label: number;
  /** 0 outside of the class, 1 to `count` in its components. */
  readonly components: Int32Array;
  readonly count: number;
  /** What one component is of the mean over components, then classes that have some, then samples. */
  readonly share: number;
}

/** The components of every class that has some, sample by sample. The labels are read back. */
export function findBlobs(problem: Problem, includeBackground: boolean): Blobs[] {
  const { batch, classes, spatial, multiLabel } = problem;
  const maskOf = readMasks(problem);
  // classes that exclude each other have a background, which is no blob; one class has none
  const first = classes > 1 && !(multiLabel && includeBackground) ? 1 : 0;
  return Array.from({ length: batch }, (_, sample) => {
    const found = Array.from({ length: classes - first }, (_, index) => {
      const label = first + index;
      const { labels, count } = connectedComponents(maskOf(sample, label), spatial, { connectivity: "corner" });
      return { sample, label, components: labels, count };
    }).filter(({ count }) => count > 0);
    return found.map((blobs) => ({ ...blobs, share: 1 / (batch * found.length * blobs.count) }));
  }).flat();
}

/** Reads the labels back: the mask of a class in a sample, without ignored voxels. */
function readMasks(problem: Problem): (sample: number, label: number) => Uint8Array {
  refuseWebgpu();
  const { labels, voxels, classes } = problem;
  const values = labels.dataSync();
  const weights = weightsOf(problem)?.dataSync();
  const isInClass = (voxel: number, label: number) =>
    hasIndices(problem)
      ? values[voxel] === (classes === 1 ? 1 : label)
      : (values[voxel * classes + label] as number) > 0.5;
  return (sample, label) => {
    const mask = new Uint8Array(voxels);
    for (let i = 0; i < voxels; i++) {
      const voxel = sample * voxels + i;
      mask[i] = weights?.[voxel] !== 0 && isInClass(voxel, label) ? 1 : 0;
    }
    return mask;
  };
}

/** There a tensor cannot be read without waiting. */
export function refuseWebgpu(): void {
  if (getBackend() === "webgpu")
    throw new Error("blobLoss: webgpu cannot read labels back at once; use another backend");
}
