import { reduceClasses } from "./class-mean.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { faceOffsets, neighbourAt } from "./neighbourhood.ts";
import { overlap } from "./overlap.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { validVoxels } from "./signed-distance.ts";
import { voxelMean } from "./voxel-mean.ts";

// One soft erosion: the mean of the cross (outside the image and ignored: 0), then the soft threshold max(2x - 1, 0).
function erode(spatial: readonly number[], valid: readonly boolean[], field: readonly number[]): number[] {
  const cross = [spatial.map(() => 0), ...faceOffsets(spatial.length)];
  return field.map((_, i) => {
    let sum = 0;
    for (const offset of cross) {
      const neighbour = neighbourAt(spatial, i, offset);
      if (neighbour !== undefined && valid[neighbour]) sum += field[neighbour] as number;
    }
    return Math.max((2 * sum) / cross.length - 1, 0);
  });
}

// sum_k k^alpha erode_k((p - g)^2) of every voxel of one (sample, class).
function erodedError(prepared: Prepared, sample: number, c: number): number[] {
  const { p, g, classes, voxels, spatial, options } = prepared;
  const { erosions = 10, alpha = 2 } = options;
  const valid = validVoxels(prepared, sample);
  let field = valid.map((_, i) => {
    const k = (sample * voxels + i) * classes + c;
    return ((p[k] as number) - (g[k] as number)) ** 2;
  });
  const sum = field.map(() => 0);
  for (let k = 1; k <= erosions; k++) {
    field = erode(spatial, valid, field);
    for (const [i, error] of field.entries()) sum[i] = (sum[i] as number) + k ** (alpha as number) * error;
  }
  return sum;
}

/** Hausdorff loss by soft erosion in float64. */
export function hausdorffErosionLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const { voxels, classes } = prepared;
  return reduceClasses(prepared, overlap(prepared), (_, sample, c) => {
    const errors = erodedError(prepared, sample, c);
    return voxelMean(prepared, sample, c, (k) => errors[Math.floor(k / classes) % voxels] as number);
  });
}
