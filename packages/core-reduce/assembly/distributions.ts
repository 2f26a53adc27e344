// The distribution of each voxel as a record: P of each side, and behind them -ln P. One class has two sides, p and 1 - p.
import { activate, everything } from "./activate";
import { blockVoxels, classes, complement, labelsAt, minusLog, plane, probability } from "./memory";
import { joinQuad } from "./planes";
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
      spread(probability, to, bytes, record);
      spread(minusLog, to + record / 2, bytes, record);
    }
  }
}

/** Puts the planes of all classes into the records. */
function spread(from: usize, to: usize, bytes: usize, record: usize): void {
  const stride = plane;
  const quads = classes & ~3;
  for (let at: usize = 0; at < bytes; at += 16) {
    let place = to + (at >> 2) * record;
    let value = from + at;
    let label = 0;
    for (; label < quads; label += 4) {
      joinQuad(value, place, record, stride);
      place += 16;
      value += 4 * stride;
    }
    for (; label < classes; label++) {
      const numbers = v128.load(value);
      v128.store_lane<f32>(place, numbers, 0);
      v128.store_lane<f32>(place + record, numbers, 1);
      v128.store_lane<f32>(place + 2 * record, numbers, 2);
      v128.store_lane<f32>(place + 3 * record, numbers, 3);
      place += 4;
      value += stride;
    }
  }
}
