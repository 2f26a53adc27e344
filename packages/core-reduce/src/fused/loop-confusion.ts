import { add, eachCounted, fillGradient } from "./loop-passes.ts";
import { readVoxels } from "./loop-voxel.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** Fills the soft confusion matrix, sum v g_l p_k, `[batch, classes, classes]`. */
export function confusion(given: VoxelArrays, sums: Float32Array): void {
  const { classes } = given;
  const reader = readVoxels(given);
  const { probability, target } = reader.voxel;
  eachCounted(given, reader, (at, weight, first, totals) => {
    reader.readTarget(at);
    reader.activate(at);
    for (let label = 0; label < classes; label++) {
      const labelled = weight * (target[label] as number);
      if (labelled === 0) continue;
      const row = first + label * classes;
      for (let k = 0; k < classes; k++) add(totals, row + k, labelled * (probability[k] as number));
    }
  })(sums, classes * classes);
}

/** Fills the gradient: for the class k the sum of v g_l over the upstream gradients of its column. */
export function confusionGradient(given: VoxelArrays, upstream: Float32Array, gradient: Float32Array): void {
  const { classes } = given;
  fillGradient(given, gradient, ({ target }, k, weight, _at, place) => {
    const first = (place - k) * classes + k;
    let sum = 0;
    for (let label = 0; label < classes; label++) {
      sum += (target[label] as number) * (upstream[first + label * classes] as number);
    }
    return weight * sum;
  });
}
