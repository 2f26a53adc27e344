// The distribution of each voxel as a record: P of each side, and behind them -ln P. One class has two sides, p and 1 - p.
import { activate, everything } from "./activate";
import { blockVoxels, classes, complement, labelsAt, minusLog, probability } from "./memory";
import { joinMany, joinQuad } from "./planes";
import { bytesOf, stagePredictions } from "./stage";

/** Puts the records of a tile where its labels and a field would stand. */
export function distributions(voxels: i32): void {
  const record = <usize>(2 * max(2, classes)) << 2;
  for (let first = 0; first < voxels; first += blockVoxels) {
    const bytes = bytesOf(min(blockVoxels, voxels - first));
    stagePredictions(first, min(blockVoxels, voxels - first));
    activate(bytes, everything);
    const to = labelsAt + <usize>first * record;
    if (classes == 1) {
      // the planes of p, 1 - p and their logarithms lie behind each other
      for (let at: usize = 0; at < bytes; at += 16) {
        joinQuad(probability + at, to + 4 * at, record, complement - probability);
      }
    } else {
      joinMany(probability, to, bytes, record);
      joinMany(minusLog, to + record / 2, bytes, record);
    }
  }
}
