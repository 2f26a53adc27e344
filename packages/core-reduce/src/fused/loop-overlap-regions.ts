import { add, addUp, fillGradient } from "./loop-passes.ts";
import { addOverlap, slopeOfOverlap } from "./loop-sums.ts";
import { fillRegions, type RegionArrays, upstreamOfRegions } from "./regions.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** Fills I, FP, FN and E, `[4, batch, classes]`, and behind them I, FP and FN of each region. */
export function overlapRegions(
  given: VoxelArrays,
  product: boolean,
  regions: RegionArrays,
  result: Float32Array,
): void {
  const { classes } = given;
  const { numbers, rows } = regions;
  const addToAll = addOverlap(given, product);
  const [own, missing] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  addUp(given, 4, result, (voxel, c, weight, totals, row, at) => {
    addToAll(voxel, c, weight, totals, row, at);
    const region = (numbers[Math.floor(at / classes)] as number) - 1;
    if (region < 0 || voxel.target[c] === 0) return;
    add(own, region, weight * (voxel.probability[c] as number));
    add(missing, region, weight * (voxel.complement[c] as number));
  });
  fillRegions(regions, result, { own, missing });
}

/** Fills the gradient. */
export function overlapRegionsGradient(
  given: VoxelArrays,
  product: boolean,
  regions: RegionArrays,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  const { ofSums, ofOwn } = upstreamOfRegions(regions, upstream);
  const slopeOfAll = slopeOfOverlap(given, product, ofSums);
  fillGradient(given, gradient, (voxel, c, weight, at, row) => {
    const region = regions.numbers[Math.floor(at / given.classes)] as number;
    const ofRegion = weight * (voxel.target[c] as number) * (ofOwn[region] as number);
    return slopeOfAll(voxel, c, weight, at, row) + ofRegion;
  });
}
