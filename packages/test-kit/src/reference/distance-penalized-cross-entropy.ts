import { crossEntropyMap } from "./cross-entropy.ts";
import { distanceToOtherSide, positions, regionOf } from "./distance.ts";
import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { reduceVoxels } from "./voxel-map.ts";

/**
 * F = (max d - d) / (max d - min d) of one sample, d the distance inside a voxel's own region to its border, extremes over
 * the region's valid voxels. A region of one distance, or one that fills the sample, has F = 1.
 */
export function penaltyField(prepared: Prepared, sample: number, regionLabel: (voxel: number) => number): number[] {
  const { voxels, v, spatial, options } = prepared;
  const points = positions(spatial, options.spacing);
  const valid = Array.from({ length: voxels }, (_, i) => v[sample * voxels + i] !== 0);
  const field = new Array<number>(voxels).fill(0);
  const labels = new Set(
    Array.from({ length: voxels }, (_, i) => i)
      .filter((i) => valid[i])
      .map(regionLabel),
  );
  for (const label of labels) {
    const region = regionOf(valid, (i) => regionLabel(i) === label);
    const distance = distanceToOtherSide(points, region);
    const inside = region.inside.map((i) => distance?.[i] ?? 0);
    const [low, high] = [Math.min(...inside), Math.max(...inside)];
    region.inside.forEach((i, k) => {
      field[i] = high === low ? 1 : (high - (inside[k] as number)) / (high - low);
    });
  }
  return field;
}

// Exclusive: the regions of the label map, one field a sample. Else: foreground and background of each channel.
function penaltyFields(prepared: Prepared): (voxel: number, c: number) => number {
  const { batch, voxels, classes, g, exclusive } = prepared;
  const target = (voxel: number, c: number) => g[voxel * classes + c] as number;
  const label = (voxel: number) => {
    const row = Array.from({ length: classes }, (_, c) => target(voxel, c));
    return row.indexOf(Math.max(...row));
  };
  const map = prepared.options.distanceMap;
  if (map?.length === batch * voxels) return (voxel) => map[voxel] as number;
  if (map) return (voxel, c) => map[voxel * classes + (exclusive ? label(voxel) : c)] as number;
  const fields = Array.from({ length: batch }, (_, n) =>
    exclusive
      ? [penaltyField(prepared, n, (i) => label(n * voxels + i))]
      : Array.from({ length: classes }, (_, c) =>
          penaltyField(prepared, n, (i) => (target(n * voxels + i, c) > 0.5 ? 1 : 0)),
        ),
  );
  return (voxel, c) => fields[Math.floor(voxel / voxels)]?.[exclusive ? 0 : c]?.[voxel % voxels] as number;
}

/** Distance-penalized cross entropy in float64: (1 + F_i) times the cross entropy of the voxel. */
export function distancePenalizedCrossEntropyLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  const field = penaltyFields(prepared);
  return reduceVoxels(
    prepared,
    crossEntropyMap(prepared, (voxel, c) => 1 + field(voxel, c)),
  );
}
