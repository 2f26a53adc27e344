import { hasIndices, type Problem } from "@lossary/core-reduce";
import { connectedComponents } from "@lossary/distance-map/array";
import { refuseWebgpu } from "./find-blobs.ts";

/** The connected components of a batch whose classes exclude each other, so that a voxel is in one at most. */
export interface Components {
  /** The class of each voxel. */
  readonly indices: Int32Array;
  /** Whether these say as much as the labels: then every voxel that counts is of one class and of no other. */
  readonly isHard: boolean;
  /** The component of each voxel, from 1 through the whole batch; 0 for none. */
  readonly numbers: Int32Array;
  /** For each component its sample and class, n C + c. */
  readonly rows: readonly number[];
  /** What each component is of the mean over components, then classes that have some, then samples. */
  readonly shares: readonly number[];
}

/** The components of all classes at once; nothing where a voxel may be in several. The labels are read back. */
export function findComponents(problem: Problem): Components | undefined {
  const { batch, voxels, classes, spatial, multiLabel } = problem;
  if (multiLabel && classes > 1) return undefined;
  refuseWebgpu();
  const read = readIndices(problem);
  if (read === undefined) return undefined;
  const numbers = new Int32Array(batch * voxels);
  const rows: number[] = [];
  // of each component that was found, its place among those that count: what is no class has components too
  const places = [0];
  const weights = problem.weights?.dataSync();
  for (let sample = 0; sample < batch; sample++) {
    const [first, end] = [sample * voxels, (sample + 1) * voxels];
    const given = read.indices.subarray(first, end);
    const ofSample = weights ? given.map((label, i) => ((weights[first + i] as number) > 0 ? label : 0)) : given;
    const { firsts } = connectedComponents(ofSample, spatial, {
      connectivity: "corner",
      of: "values",
      after: places.length - 1,
      out: numbers.subarray(first, end),
    });
    for (const at of firsts) {
      const label = ofSample[at] as number;
      places.push(isBlob(label, problem) ? rows.push(sample * classes + (classes === 1 ? 0 : label)) : 0);
    }
  }
  if (rows.length < places.length - 1)
    for (let i = 0; i < numbers.length; i++) numbers[i] = places[numbers[i] as number] as number;
  return { ...read, numbers, rows, shares: sharesOf(rows, problem) };
}

/** Whether a component of a class is one: the background is none, and what is ignored or out of range neither. */
function isBlob(label: number, { classes, ignoreLabel }: Problem): boolean {
  return label > 0 && label < Math.max(2, classes) && label !== ignoreLabel;
}

function sharesOf(rows: readonly number[], { batch, classes }: Problem): number[] {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  const classesOf = new Map<number, number>();
  for (const row of counts.keys()) {
    const sample = Math.floor(row / classes);
    classesOf.set(sample, (classesOf.get(sample) ?? 0) + 1);
  }
  return rows.map((row) => {
    const found = classesOf.get(Math.floor(row / classes)) as number;
    return 1 / (batch * found * (counts.get(row) as number));
  });
}

/** The class of each voxel: what is more than half of it; nothing where that are two. */
function readIndices(problem: Problem): Pick<Components, "indices" | "isHard"> | undefined {
  const { classes } = problem;
  const values = problem.labels.dataSync();
  if (hasIndices(problem)) return { indices: values as Int32Array, isHard: true };
  const indices = new Int32Array(values.length / classes);
  if (values instanceof Float32Array && readOneHot(values, indices, classes)) return { indices, isHard: true };
  let isHard = true;
  for (let voxel = 0, at = 0; voxel < indices.length; voxel++) {
    let found = 0;
    indices[voxel] = 0;
    for (let c = 0; c < classes; c++, at++) {
      const value = Number(values[at]);
      isHard &&= value === 0 || value === 1;
      if (!(value > 0.5)) continue;
      if (++found > 1) return undefined;
      indices[voxel] = classes === 1 ? 1 : c;
    }
    isHard &&= found === 1 || classes === 1;
  }
  return { indices, isHard };
}

/** The same of what is exactly 0 but for one 1, by the bits of the numbers; false where something else comes, and indices are half filled. */
function readOneHot(values: Float32Array, indices: Int32Array, classes: number): boolean {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const one = 0x3f800000;
  if (classes === 1) {
    for (let voxel = 0; voxel < bits.length; voxel++) {
      const value = bits[voxel] as number;
      if (value !== 0 && value !== one) return false;
      indices[voxel] = value >>> 29;
    }
    return true;
  }
  for (let voxel = 0, at = 0; voxel < indices.length; voxel++) {
    const end = at + classes;
    let found = -1;
    for (; at < end; at++) {
      const value = bits[at] as number;
      if (value === 0) continue;
      if (value !== one || found >= 0) return false;
      found = at;
    }
    if (found < 0) return false;
    indices[voxel] = found - end + classes;
  }
  return true;
}
