// I, FP, FN and E of each class, and in the same pass the map of a cross entropy, of which voxels are chosen.
import { sumLogs } from "./cross-entropy";
import { gradientOfBlock, productOverlap, semimetricOverlap, stageTerms } from "./cross-entropy-sums";
import { activateForSlopes, activateForTerms } from "./cross-entropy-terms";
import { remember } from "./kept";
import { blockVoxels, classes, keep, mapAt, scale, weight } from "./memory";
import { ones } from "./numbers";
import { addOverlap } from "./overlap-sums";
import { ownLabels } from "./own-terms";
import { bytesOf, isKept, stage } from "./stage";

/** Adds the sums of a tile and fills its map, in which everything that counts weighs 1. */
export function overlapCrossEntropy(voxels: i32, product: bool): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    stage(first, count);
    activateForTerms(bytes, true);
    for (let c = 0; c < classes; c++) addOverlap(c, bytes, product);
    for (let at: usize = 0; at < bytes; at += 16) v128.store(weight + at, v128.and(v128.load(keep + at), ones()));
    sumLogs(mapAt + ((<usize>first) << 2), bytes);
    if (isKept) remember(first, bytes);
  }
}

/** Replaces the predictions of a tile by the gradient; the map says how much of each voxel was chosen. */
export function overlapCrossEntropyGradient(voxels: i32, product: bool): void {
  for (let first = 0; first < voxels; first += blockVoxels) {
    const count = min(blockVoxels, voxels - first);
    const bytes = bytesOf(count);
    const chosen = mapAt + ((<usize>first) << 2);
    stageTerms(first, count);
    activateForSlopes(bytes);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(scale + at, v128.and(v128.load(chosen + at), v128.load(keep + at)));
    }
    gradientOfBlock(first, bytes, product ? productOverlap : semimetricOverlap, ownLabels(first, bytes));
  }
}
