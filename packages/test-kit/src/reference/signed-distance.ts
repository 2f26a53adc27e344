import { distanceBetween, positions, type Region, regionOf } from "./distance.ts";
import type { Prepared } from "./prepare.ts";

/** The valid voxels of one sample, as a mask over its voxels. */
export function validVoxels(prepared: Prepared, sample: number): boolean[] {
  const { voxels, v } = prepared;
  return Array.from({ length: voxels }, (_, i) => v[sample * voxels + i] !== 0);
}

/** The region that a class covers in one sample: a field above 1/2. */
export function classRegion(prepared: Prepared, sample: number, c: number, field = prepared.g): Region {
  const { voxels, classes } = prepared;
  return regionOf(validVoxels(prepared, sample), (i) => (field[(sample * voxels + i) * classes + c] as number) > 0.5);
}

/**
 * The signed distance phi to the border of a region: negative inside, 0 at inner voxels that touch the outside with a face,
 * and 0 everywhere without a border. Further inside, the distance loses the voxel's own step: one voxel's length on
 * the way to the nearest outside voxel, d / |offset in voxels|, of equally near ones to the one fewest voxels away.
 */
export function signedDistance(
  spatial: readonly number[],
  region: Region,
  spacing?: number | readonly number[],
): number[] {
  const points = positions(spatial, spacing);
  const cells = positions(spatial);
  const phi = new Array<number>(points.length).fill(0);
  if (region.inside.length === 0 || region.outside.length === 0) return phi;
  const between = (a: number, b: number) => distanceBetween(points[a] as number[], points[b] as number[]);
  const steps = (a: number, b: number) => distanceBetween(cells[a] as number[], cells[b] as number[]);
  const inside = new Set(region.inside);
  for (let i = 0; i < phi.length; i++) {
    if (!inside.has(i)) {
      phi[i] = Math.min(...region.inside.map((other) => between(i, other)));
      continue;
    }
    if (region.outside.some((other) => steps(i, other) === 1)) continue;
    const nearest = Math.min(...region.outside.map((other) => between(i, other)));
    const count = Math.min(
      ...region.outside.filter((other) => between(i, other) <= nearest * (1 + 1e-12)).map((other) => steps(i, other)),
    );
    phi[i] = -(nearest - nearest / count);
  }
  return phi;
}

/** A map `[batch, ...spatial, classes]` from one field a (sample, class). */
export function classFields(prepared: Prepared, field: (sample: number, c: number) => readonly number[]): Float64Array {
  const { batch, voxels, classes } = prepared;
  const map = new Float64Array(batch * voxels * classes);
  for (let n = 0; n < batch; n++) {
    for (let c = 0; c < classes; c++) {
      field(n, c).forEach((value, i) => {
        map[(n * voxels + i) * classes + c] = value;
      });
    }
  }
  return map;
}
