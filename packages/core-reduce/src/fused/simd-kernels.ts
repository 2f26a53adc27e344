import type { FieldChoice, FusedKernels, TermArrays, TermSums, VoxelArrays } from "./fused-kernels.ts";
import { instantiate } from "./simd-module.ts";
import { copyOut, eachTile, type Simd, type Tile, viewsOf } from "./simd-tiles.ts";

const overlaps = { none: 0, semimetric: 1, product: 2 };
const fields = { field: 0, labelled: 1, unlabelled: 2 };

/**
 * The reductions in WebAssembly SIMD.
 *
 * @param largestTile - voxels a tile, where it shall be smaller than the module allows; a multiple of 256
 * @throws where the module cannot be compiled
 */
export function simdKernels(largestTile = Number.POSITIVE_INFINITY): FusedKernels {
  const simd = viewsOf(instantiate(), largestTile);
  const { run } = simd;
  return {
    name: "simd",
    overlapSums: (given, product, sums) =>
      sumsOf(simd, given, undefined, ofOverlap, sums, ({ count }) => run.overlapSums(count, product ? 1 : 0)),
    overlapSumsGradient: (given, product, upstream, gradient) =>
      gradientOf(simd, given, undefined, gradient, {
        coefficients: (sample) => putSumCoefficients(simd, given, upstream, ofOverlap, sample),
        run: ({ count }) => run.overlapSumsGradient(count, product ? 1 : 0),
      }),
    crossEntropy: (given, terms, map) => crossEntropy(simd, given, terms, map),
    crossEntropyGradient: (given, terms, upstream, gradient) => {
      describeTerms(simd, terms, terms.negative !== undefined);
      gradientOf(simd, given, undefined, gradient, {
        coefficients: (sample) => putTermCoefficients(simd, given, terms, sample),
        run: ({ first, count }) => {
          simd.floats.set(upstream.subarray(first, first + count), simd.at.map);
          run.crossEntropyGradient(count);
        },
      });
    },
    crossEntropySums: (given, terms, sums) => {
      describeTerms(simd, terms, terms.negatives);
      const run = ({ count }: Tile) => simd.run.crossEntropySums(count, overlaps[terms.overlap]);
      sumsOf(simd, given, undefined, kindsOf(terms), sums, run);
    },
    crossEntropySumsGradient: (given, terms, upstream, gradient) => {
      describeTerms(simd, terms, terms.negatives);
      gradientOf(simd, given, undefined, gradient, {
        coefficients: (sample) => putSumCoefficients(simd, given, upstream, kindsOf(terms), sample),
        run: ({ count }) => run.crossEntropySumsGradient(count, overlaps[terms.overlap]),
      });
    },
    squaredErrorSums: (given, over, field, sums) =>
      sumsOf(simd, given, fieldOf(over, field), ofOne, sums, ({ count }) => run.squaredErrorSums(count, fields[over])),
    squaredErrorSumsGradient: (given, over, field, upstream, gradient) =>
      gradientOf(simd, given, fieldOf(over, field), gradient, {
        coefficients: (sample) => putSumCoefficients(simd, given, upstream, ofOne, sample),
        run: ({ count }) => run.squaredErrorSumsGradient(count, fields[over]),
      }),
    probabilities: (given, result) =>
      gradientOf(simd, given, undefined, result, { run: ({ count }) => run.probabilities(count) }),
    probabilitiesGradient: (given, upstream, gradient) =>
      gradientOf(simd, given, upstream, gradient, { run: ({ count }) => run.probabilitiesGradient(count) }),
    valueSums: (given, sums) => sumsOf(simd, given, undefined, ofOne, sums, ({ count }) => run.valueSums(count)),
    weightSums: (given, sums) => sumsOf(simd, given, undefined, ofOne, sums, ({ count }) => run.weightSum(count), 1),
    labelledSums: (given, sums) => sumsOf(simd, given, undefined, ofOne, sums, ({ count }) => run.labelledSums(count)),
  };
}

function fieldOf(over: FieldChoice, field: Float32Array | undefined): Float32Array | undefined {
  return over === "field" ? field : undefined;
}

/** The sums that a kernel has for each class, in the order of its result: the group of four places, and the place in it. */
type Kinds = readonly (readonly [group: "sums" | "terms", place: number])[];

const ofOne: Kinds = [["sums", 0]];
const ofOverlap: Kinds = [
  ["sums", 0],
  ["sums", 1],
  ["sums", 2],
  ["sums", 3],
];
const ofTerms: Kinds = [
  ["terms", 0],
  ["terms", 1],
];

function kindsOf({ overlap }: TermSums): Kinds {
  return overlap === "none" ? ofTerms : [...ofOverlap, ...ofTerms];
}

/** Fills `[kinds, batch, columns]` sums. */
function sumsOf(
  simd: Simd,
  given: VoxelArrays,
  field: Float32Array | undefined,
  kinds: Kinds,
  sums: Float32Array,
  run: (tile: Tile) => void,
  columns = given.classes,
): void {
  const { doubles, at } = simd;
  eachTile(simd, given, field, {
    beforeSample: () => simd.run.clearSums(),
    tile: run,
    afterSample: (sample) => {
      for (const [kind, [group, place]] of kinds.entries()) {
        const pairs = (group === "sums" ? at.sums : at.termSums) / 2 + 2 * place;
        for (let column = 0; column < columns; column++) {
          const pair = pairs + 8 * column;
          const sum = (doubles[pair] as number) + (doubles[pair + 1] as number);
          sums[(kind * given.batch + sample) * columns + column] = sum;
        }
      }
    },
  });
}

/** Fills a result as large as the predictions. */
function gradientOf(
  simd: Simd,
  given: VoxelArrays,
  field: Float32Array | undefined,
  gradient: Float32Array,
  steps: { readonly coefficients?: (sample: number) => void; readonly run: (tile: Tile) => void },
): void {
  eachTile(simd, given, field, {
    beforeSample: (sample) => steps.coefficients?.(sample),
    tile: (tile) => {
      steps.run(tile);
      copyOut(simd, tile, given.classes, gradient);
    },
  });
}

function crossEntropy(simd: Simd, given: VoxelArrays, terms: TermArrays, map: Float32Array): void {
  const { floats, at, run } = simd;
  describeTerms(simd, terms, terms.negative !== undefined);
  eachTile(simd, given, undefined, {
    beforeSample: (sample) => putTermCoefficients(simd, given, terms, sample),
    tile: ({ first, count }) => {
      run.crossEntropy(count);
      map.set(floats.subarray(at.map, at.map + count), first);
    },
  });
}

type TermSmoothing = Pick<TermSums, "gamma" | "keep" | "spread">;

function describeTerms({ run }: Simd, { gamma, keep, spread }: TermSmoothing, negatives: boolean): void {
  run.describeTerms(gamma, keep, spread, negatives ? 1 : 0);
}

/** The upstream gradients of the sums `[kinds, batch, classes]`, side by side for each class. */
function putSumCoefficients(
  { floats, at }: Simd,
  { batch, classes }: VoxelArrays,
  upstream: Float32Array,
  kinds: Kinds,
  sample: number,
): void {
  for (const [kind, [group, place]] of kinds.entries()) {
    const first = (group === "sums" ? at.coefficients : at.termCoefficients) + place;
    for (let label = 0; label < classes; label++) {
      floats[first + 4 * label] = upstream[(kind * batch + sample) * classes + label] as number;
    }
  }
}

/** a and b of a sample, side by side for each class. */
function putTermCoefficients(
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
