import type { ArrayCall } from "./fused-kernel.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** Where the sums of regions stand in a result, behind those of all classes: I, FP and FN, `[3, regions]`. */
export interface RegionArrays {
  /** The region of each voxel, from 1; 0 for none. */
  readonly numbers: Int32Array;
  /** The place of a region's sample and class among the sums of one kind. */
  readonly rows: readonly number[];
  /** How many sums of overlap there are in front of them: four kinds of each sample and class. */
  readonly first: number;
}

/** The regions of a call. */
export function regionsOf({ batch, classes }: VoxelArrays, { attributes, integers }: ArrayCall): RegionArrays {
  return { numbers: integers("regions"), rows: attributes.rows as number[], first: 4 * batch * classes };
}

/** Fills the sums of regions; their false positives are all that lies outside of their class. */
export function fillRegions(
  { rows, first }: RegionArrays,
  result: Float32Array,
  { own, missing }: Readonly<Record<"missing" | "own", Float64Array>>,
): void {
  const [count, ofKind] = [rows.length, first / 4];
  for (let region = 0; region < count; region++) {
    result[first + region] = own[region] as number;
    result[first + count + region] = result[ofKind + (rows[region] as number)] as number;
    result[first + 2 * count + region] = missing[region] as number;
  }
}

/** The upstream gradients of the sums of all classes, with those of the false positives of their regions, and that of p in the sums of each region. */
export function upstreamOfRegions(
  { rows, first }: RegionArrays,
  upstream: Float32Array,
): { readonly ofSums: Float32Array; readonly ofOwn: Float32Array } {
  const [count, ofKind] = [rows.length, first / 4];
  const total = Float64Array.from(upstream.subarray(0, first));
  // of voxels in no region it is 0
  const ofOwn = new Float32Array(count + 1);
  for (let region = 0; region < count; region++) {
    const at = first + region;
    const row = ofKind + (rows[region] as number);
    total[row] = (total[row] as number) + (upstream[at + count] as number);
    ofOwn[region + 1] = (upstream[at] as number) - (upstream[at + 2 * count] as number);
  }
  return { ofSums: Float32Array.from(total), ofOwn };
}
