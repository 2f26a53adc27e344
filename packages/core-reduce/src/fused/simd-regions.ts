import { fillRegions, type RegionArrays, upstreamOfRegions } from "./regions.ts";
import { gradientOfSums, ofOverlap, sumsOf } from "./simd-passes.ts";
import type { Simd } from "./simd-tiles.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** Fills I, FP, FN and E, `[4, batch, classes]`, and behind them I, FP and FN of each region. */
export function overlapRegions(
  simd: Simd,
  given: VoxelArrays,
  product: boolean,
  regions: RegionArrays,
  result: Float32Array,
): void {
  const count = regions.rows.length;
  const [own, missing] = [new Float64Array(count), new Float64Array(count)];
  const { floats, at, run } = simd;
  sumsOf(simd, { ...given, keeps: given.activation !== "none" }, result, {
    kinds: ofOverlap,
    run: (tile) => {
      run.overlapRegions(tile.count, product ? 1 : 0);
      const numbers = regions.numbers.subarray(tile.first, tile.first + tile.count);
      addStretches(numbers, floats, at, { own, missing });
    },
  });
  fillRegions(regions, result, { own, missing });
}

/** Adds what each voxel of a tile has to the sums of its region; what lies side by side is mostly of one. */
function addStretches(
  numbers: Int32Array,
  floats: Float32Array,
  at: Simd["at"],
  { own, missing }: Readonly<Record<"missing" | "own", Float64Array>>,
): void {
  for (let i = 0; i < numbers.length; ) {
    const region = (numbers[i] as number) - 1;
    if (region < 0) {
      i++;
      continue;
    }
    let [p, q] = [own[region] as number, missing[region] as number];
    do {
      p += floats[at.map + i] as number;
      q += floats[at.field + i] as number;
      i++;
    } while ((numbers[i] as number) - 1 === region);
    own[region] = p;
    missing[region] = q;
  }
}

/** Fills the gradient. */
export function overlapRegionsGradient(
  simd: Simd,
  given: VoxelArrays,
  product: boolean,
  regions: RegionArrays,
  upstream: Float32Array,
  gradient: Float32Array,
): void {
  const { floats, at, run } = simd;
  const { numbers } = regions;
  const { ofSums, ofOwn } = upstreamOfRegions(regions, upstream);
  gradientOfSums(simd, given, gradient, {
    kinds: ofOverlap,
    upstream: ofSums,
    run: ({ first, count }) => {
      spread(numbers.subarray(first, first + count), ofOwn, floats.subarray(at.map, at.map + count));
      run.overlapRegionsGradient(count, product ? 1 : 0);
    },
  });
}

/** Fills the upstream gradient of each voxel, stretch by stretch of one region. */
function spread(numbers: Int32Array, ofRegions: Float32Array, map: Float32Array): void {
  let [region, slope] = [0, 0];
  for (let i = 0; i < map.length; i++) {
    const number = numbers[i] as number;
    if (number !== region) {
      region = number;
      slope = ofRegions[region] as number;
    }
    map[i] = slope;
  }
}
