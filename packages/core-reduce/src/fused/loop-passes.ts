import { readVoxels, type Voxel, type VoxelReader } from "./loop-voxel.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** Adds to one of the sums. */
export function add(totals: Float64Array, at: number, value: number): void {
  totals[at] = (totals[at] as number) + value;
}

/** g - p, from the complement where g is large, so that p near 1 keeps its digits. */
export function shortfall(p: number, q: number, g: number): number {
  return g >= 0.5 ? q - (1 - g) : g - p;
}

/** Visits the voxels that weigh something; `row` is where the sums of their sample begin. */
export function eachCounted(
  { batch, voxels }: VoxelArrays,
  reader: VoxelReader,
  visit: (at: number, weight: number, row: number, totals: Float64Array) => void,
): (sums: Float32Array, columns: number) => void {
  return (sums, columns) => {
    const totals = new Float64Array(sums.length);
    for (let at = 0; at < batch * voxels; at++) {
      const weight = reader.weigh(at);
      if (weight !== 0) visit(at, weight, Math.floor(at / voxels) * columns, totals);
    }
    sums.set(totals);
  };
}

/** Adds up what `visit` adds for each class of each voxel. */
export function addUp(
  given: VoxelArrays,
  kinds: number,
  sums: Float32Array,
  visit: (voxel: Voxel, c: number, weight: number, totals: Float64Array, row: number, at: number) => void,
  needsLogs = false,
): void {
  const { classes, batch } = given;
  const reader = readVoxels(given);
  const filled = sums.subarray(0, kinds * batch * classes);
  eachCounted(given, reader, (at, weight, row, totals) => {
    reader.readTarget(at);
    reader.activate(at);
    if (needsLogs) reader.takeLogs();
    for (let c = 0; c < classes; c++) visit(reader.voxel, c, weight, totals, row + c, at * classes + c);
  })(filled, classes);
}

/** Fills the gradient from what `slopeOf` says of v dL/dp for each class of each voxel. */
export function fillGradient(
  given: VoxelArrays,
  gradient: Float32Array,
  slopeOf: (voxel: Voxel, c: number, weight: number, at: number, row: number) => number,
): void {
  const { voxels, classes, batch, activation } = given;
  const reader = readVoxels(given);
  const slope = new Float64Array(classes);
  for (let at = 0; at < batch * voxels; at++) {
    const weight = reader.weigh(at);
    slope.fill(0);
    if (weight !== 0) {
      reader.readTarget(at);
      reader.activate(at);
      const row = Math.floor(at / voxels) * classes;
      for (let c = 0; c < classes; c++) {
        const d = slopeOf(reader.voxel, c, weight, at * classes + c, row + c);
        slope[c] = activation === "none" ? d : d * (reader.voxel.probability[c] as number);
      }
      reader.throughActivation(slope);
    }
    gradient.set(slope, at * classes);
  }
}
