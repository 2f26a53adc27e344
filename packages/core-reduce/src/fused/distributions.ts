import { readVoxels } from "./loop-voxel.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** How many numbers stand for a voxel: P of each side, and behind them -ln P. One class has two sides, p and 1 - p. */
export function recordLength(classes: number): number {
  return 2 * Math.max(2, classes);
}

/** Fills the record of each voxel; those of ignored ones are of the prediction 0, whatever stands there. */
export function distributions(given: VoxelArrays, records: Float32Array): void {
  const { batch, voxels, classes } = given;
  const length = recordLength(classes);
  const counted = readVoxels(given);
  const ignored = readVoxels({ ...given, predictions: new Float32Array(classes) });
  for (let at = 0, to = 0; at < batch * voxels; at++, to += length) {
    const isCounted = counted.weigh(at) > 0;
    const { activate, takeLogs, voxel } = isCounted ? counted : ignored;
    activate(isCounted ? at : 0);
    takeLogs();
    records.set(voxel.probability, to);
    records.set(voxel.minusLog, to + length / 2);
    if (classes > 1) continue;
    records.set(voxel.complement, to + 1);
    records.set(voxel.minusLogComplement, to + 3);
  }
}
