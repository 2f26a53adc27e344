import type { ArrayCall } from "./fused-kernel.ts";
import { gradientOfChosen } from "./simd-chosen.ts";
import { gradientOfSums, type Kinds, ofOverlap, sumsOf } from "./simd-passes.ts";
import { eachTile, type Simd, type Tile } from "./simd-tiles.ts";
import type { TermArrays, TermSums, VoxelArrays } from "./voxel-arrays.ts";

const ofTerms: Kinds = [
  ["terms", 0],
  ["terms", 1],
];

/** The sums of terms, behind those of overlap where these are wanted. */
export function kindsOf({ overlap }: TermSums): Kinds {
  return overlap === "none" ? ofTerms : [...ofOverlap, ...ofTerms];
}

/** Fills the map of a cross entropy and of errors. */
export function termMap(simd: Simd, given: VoxelArrays, map: Float32Array, terms: TermArrays): void {
  const { floats, at, run } = simd;
  describeTerms(simd, terms);
  eachTile(simd, given, undefined, {
    beforeSample: (sample) => putCoefficients(simd, given, terms, sample),
    tile: ({ first, count }) => {
      run.crossEntropy(count);
      map.set(floats.subarray(at.map, at.map + count), first);
    },
  });
}

/** Fills its gradient. */
export function gradientOfTermMap(
  simd: Simd,
  given: VoxelArrays,
  gradient: Float32Array,
  terms: TermArrays,
  upstream: Float32Array,
): void {
  describeTerms(simd, terms);
  gradientOfChosen(simd, given, gradient, upstream, {
    beforeSample: (sample) => putCoefficients(simd, given, terms, sample),
    run: (count) => simd.run.crossEntropyGradient(count),
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
