import { fillGradient, shortfall } from "./loop-passes.ts";
import { readVoxels, type Voxel } from "./loop-voxel.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** g - p of a class. */
export function missingOf({ probability, complement, target }: Voxel, c: number): number {
  return shortfall(probability[c] as number, complement[c] as number, target[c] as number);
}

/** The derivative of |p - g|: the sign of p - g, and 1 - 2g at p = g, the limit that a hard target has. */
export function sideOf(missing: number, g: number): number {
  return missing === 0 ? 1 - 2 * g : -Math.sign(missing);
}

/** 1 - (2g - 1) x */
function marginOf({ probability, target }: Voxel, c: number): number {
  return 1 + (1 - 2 * (target[c] as number)) * (probability[c] as number);
}

/** Fills |p - g|, or the hinge of scores. */
export function errors(given: VoxelArrays, hinge: boolean, result: Float32Array): void {
  const { batch, voxels, classes } = given;
  const reader = readVoxels(given);
  for (let at = 0; at < batch * voxels; at++) {
    const isCounted = reader.weigh(at) !== 0;
    if (isCounted) {
      reader.readTarget(at);
      reader.activate(at);
    }
    for (let c = 0; c < classes; c++) {
      const error = hinge ? Math.max(marginOf(reader.voxel, c), 0) : Math.abs(missingOf(reader.voxel, c));
      result[at * classes + c] = isCounted ? error : 0;
    }
  }
}

/** Fills the gradient; the weight of a voxel says only whether it counts. */
export function errorsGradient(
  given: VoxelArrays,
  hinge: boolean,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  fillGradient(given, gradient, (voxel, c, _weight, at) => {
    const [g, d] = [voxel.target[c] as number, upstream[at] as number];
    if (hinge) return marginOf(voxel, c) > 0 ? d * (1 - 2 * g) : 0;
    return d * sideOf(missingOf(voxel, c), g);
  });
}
