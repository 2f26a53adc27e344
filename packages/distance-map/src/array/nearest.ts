import type { Geometry } from "./geometry.ts";
import type { VoxelArray } from "./voxels.ts";

/** Writes, for every voxel, the flat index of its nearest background voxel, or -1 where there is none. */
export type NearestWriter = (mask: VoxelArray, out: Int32Array) => void;

/**
 * The feature transform, axis by axis: the nearest background voxel on the voxel's own line, then in its plane, then
 * in the volume. A candidate line's own nearest voxel has the lowest index of its line, so the lowest of the
 * candidates that tie is the lowest of all. Ties survive to be compared: a parabola leaves the envelope only where it
 * lies strictly above it, decided by a product of whole numbers instead of a rounded crossing.
 *
 * @param weights Squared length of a step along depth, height, width.
 */
export function createNearest(geometry: Geometry, weights: readonly number[] = squares(geometry.steps)): NearestWriter {
  const { depth, height, width, plane, realHeight } = geometry;
  const [depthWeight = 1, heightWeight = 1, widthWeight = 1] = weights;
  const carry = new Int32Array(plane);
  const line = createCandidates(Math.max(height, width));

  const columnsOf = (z: number, out: Int32Array): void => {
    for (let x = 0; x < width; x++) {
      const start = z * plane + x;
      for (let y = 0; y < height; y++) {
        const index = out[start + y * width] as number;
        line.index[y] = index;
        line.height[y] = index < 0 ? Infinity : depthWeight * (z - Math.floor(index / plane)) ** 2;
      }
      lowest(line, height, heightWeight, out, start, width);
    }
  };

  const rowsOf = (z: number, out: Int32Array): void => {
    for (let y = 0; y < height; y++) {
      const start = z * plane + y * width;
      for (let x = 0; x < width; x++) {
        const index = out[start + x] as number;
        line.index[x] = index;
        const away = z - Math.floor(index / plane);
        const aside = y - Math.floor((index % plane) / width);
        line.height[x] = index < 0 ? Infinity : depthWeight * away * away + heightWeight * aside * aside;
      }
      lowest(line, width, widthWeight, out, start, 1);
    }
  };

  return (mask, out) => {
    for (let z = 0; z < depth; z++) {
      for (let i = z * plane; i < (z + 1) * plane; i++) {
        out[i] = mask[i] ? (z > 0 ? (out[i - plane] as number) : -1) : i;
      }
    }
    carry.fill(-1);
    for (let z = depth - 1; z >= 0; z--) {
      for (let i = 0; i < plane; i++) {
        const here = z * plane + i;
        if (!mask[here]) carry[i] = here;
        const before = out[here] as number;
        const after = carry[i] as number;
        // the lower index keeps a tie
        if (before < 0 || (after >= 0 && after - here < here - before)) out[here] = after;
      }
      if (realHeight) columnsOf(z, out);
      rowsOf(z, out);
    }
  };
}

function squares(steps: readonly number[]): number[] {
  return steps.map((step) => step * step);
}

/** The candidates of one line, and the envelope of their parabolas. */
interface Candidates {
  readonly height: Float64Array;
  readonly index: Int32Array;
  readonly position: Int32Array;
}

function createCandidates(length: number): Candidates {
  return { height: new Float64Array(length), index: new Int32Array(length), position: new Int32Array(length) };
}

/** Writes the index of the lowest parabola at each of `count` places, the lowest index among equals. */
function lowest(line: Candidates, count: number, weight: number, out: Int32Array, start: number, stride: number): void {
  const { height, index, position } = line;
  let top = -1;
  for (let i = 0; i < count; i++) {
    const h = height[i] as number;
    if (h === Infinity) continue;
    while (top > 0) {
      const t = position[top] as number;
      const p = position[top - 1] as number;
      const ht = height[t] as number;
      // crossing(t, i) < crossing(p, t), multiplied out
      const risen = (h - ht) * (t - p) + weight * (i - t) * (t - p) * (i - p);
      if (risen >= (ht - (height[p] as number)) * (i - t)) break;
      top--;
    }
    position[++top] = i;
  }
  let k = 0;
  for (let x = 0; x < count; x++) {
    const at = start + x * stride;
    if (top < 0) {
      out[at] = -1;
      continue;
    }
    let best = cost(height, position[k] as number, x, weight);
    while (k < top) {
      const next = cost(height, position[k + 1] as number, x, weight);
      if (next >= best) break;
      best = next;
      k++;
    }
    let found = index[position[k] as number] as number;
    for (let j = k + 1; j <= top; j++) {
      const q = position[j] as number;
      if (cost(height, q, x, weight) !== best) break;
      if ((index[q] as number) < found) found = index[q] as number;
    }
    out[at] = found;
  }
}

function cost(height: Float64Array, q: number, x: number, weight: number): number {
  return (height[q] as number) + weight * (x - q) * (x - q);
}
