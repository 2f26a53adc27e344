import type { ArrayCall } from "./fused-kernel.ts";
import { gradientOfSums, type Kinds, ofOverlap, sumsOf, valuesOf } from "./simd-passes.ts";
import { copyOut, eachTile, type Simd, type Tile } from "./simd-tiles.ts";
import type { TermArrays, TermSums, VoxelArrays } from "./voxel-arrays.ts";

const ofTerms: Kinds = [
  ["terms", 0],
  ["terms", 1],
];

/** The sums of terms, behind those of overlap where these are wanted. */
export function kindsOf({ overlap }: TermSums): Kinds {
  return overlap === "none" ? ofTerms : [...ofOverlap, ...ofTerms];
}

/** The way back of a map needs but a multiple of its gradient for each voxel, so that is what is left, always. */
export function leavesGradient(): boolean {
  return true;
}

/** Fills the map of a cross entropy and of errors, and leaves its gradient where the upstream gradient is 1. */
export function termMap(simd: Simd, given: VoxelArrays, map: Float32Array, terms: TermArrays): void {
  const { floats, at, run } = simd;
  describeTerms(simd, terms);
  eachTile(simd, given, undefined, {
    beforeSample: (sample) => putCoefficients(simd, given, terms, sample),
    tile: (tile) => {
      run.crossEntropy(tile.count);
      map.set(floats.subarray(at.map, at.map + tile.count), tile.first);
      if (given.leaving) copyOut(simd, tile, given.classes, given.leaving);
    },
  });
}

/**
 * Fills its gradient: what the forward pass has left of it, which is made anew where that is gone, times the upstream gradient of each voxel. A call that is
 * given what was left may say by which factor of its own each sample is multiplied.
 */
export function gradientOfTermMap(
  simd: Simd,
  given: VoxelArrays,
  gradient: Float32Array,
  terms: TermArrays,
  call: ArrayCall,
): void {
  const { floats, at, run } = simd;
  const { left } = given;
  const upstream = call.floats("upstream");
  const factors = call.has("factors") ? call.floats("factors") : undefined;
  describeTerms(simd, terms);
  valuesOf(simd, left ? { ...given, labels: undefined, weights: undefined } : { ...given, keeps: true }, gradient, {
    beforeSample: (sample) => putCoefficients(simd, given, terms, sample),
    run: ({ sample, first, count }) => {
      if (!left) run.crossEntropy(count);
      floats.set(upstream.subarray(first, first + count), at.map);
      run.scaleKeptByMap(count, factors?.[sample] ?? 1);
    },
  });
}

/** Fills sums of overlap, and the map of a cross entropy beside them. */
export function sumsAndMap(
  simd: Simd,
  given: VoxelArrays,
  sums: Float32Array,
  terms: TermArrays,
  run: (tile: Tile) => void,
): void {
  const { floats, at } = simd;
  describeTerms(simd, terms);
  sumsOf(simd, given, sums, {
    kinds: ofOverlap,
    beforeSample: (sample) => putCoefficients(simd, given, terms, sample),
    run: (tile) => {
      run(tile);
      given.map?.set(floats.subarray(at.map, at.map + tile.count), tile.first);
    },
  });
}

/** Fills their gradient. */
export function gradientOfSumsAndMap(
  simd: Simd,
  given: VoxelArrays,
  gradient: Float32Array,
  terms: TermArrays,
  call: ArrayCall,
  run: (tile: Tile) => void,
): void {
  const { floats, at } = simd;
  const chosen = call.floats("chosen");
  describeTerms(simd, terms);
  gradientOfSums(simd, given, gradient, {
    kinds: ofOverlap,
    upstream: call.floats("upstream"),
    beforeSample: (sample) => putCoefficients(simd, given, terms, sample),
    run: (tile) => {
      floats.set(chosen.subarray(tile.first, tile.first + tile.count), at.map);
      run(tile);
    },
  });
}

/** Says what terms are like; sums have those with logarithms always. */
export function describeTerms({ run }: Simd, terms: TermArrays | TermSums): void {
  const { gamma, power, keep, spread } = terms;
  if ("overlap" in terms) run.describeTerms(gamma, power, keep, spread, terms.negatives ? 1 : 0, 1, terms.errors);
  else run.describeTerms(gamma, power, keep, spread, terms.negative ? 1 : 0, terms.logs ? 1 : 0, terms.errors);
}

/** a and b of a sample, side by side for each class. */
function putCoefficients(
  { floats, at }: Simd,
  { classes }: VoxelArrays,
  { positive, negative }: TermArrays,
  sample: number,
): void {
  const put = (coefficients: Float32Array, place: number) => {
    const row = coefficients.length === classes ? 0 : sample * classes;
    for (let label = 0; label < classes; label++) {
      floats[at.termCoefficients + 4 * label + place] = coefficients[row + label] as number;
    }
  };
  put(positive, 0);
  if (negative) put(negative, 1);
}
