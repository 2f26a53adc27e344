import type { TermArrays, TermSums, VoxelArrays } from "./fused-kernels.ts";
import { copyOut, eachTile, type Simd, type Tile } from "./simd-tiles.ts";

/** The sums that a kernel has for each class, in the order of its result: the group of four places, and the place in it. */
type Kinds = readonly (readonly [group: "sums" | "terms", place: number])[];

export const ofOne: Kinds = [["sums", 0]];
export const ofOverlap: Kinds = [
  ["sums", 0],
  ["sums", 1],
  ["sums", 2],
  ["sums", 3],
];
const ofTerms: Kinds = [
  ["terms", 0],
  ["terms", 1],
];

export function kindsOf({ overlap }: TermSums): Kinds {
  return overlap === "none" ? ofTerms : [...ofOverlap, ...ofTerms];
}

/** Fills `[kinds, batch, columns]` sums. */
export function sumsOf(
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
export function gradientOf(
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

export function crossEntropy(simd: Simd, given: VoxelArrays, terms: TermArrays, map: Float32Array): void {
  const { floats, at, run } = simd;
  describeTerms(simd, terms);
  eachTile(simd, given, undefined, {
    beforeSample: (sample) => putTermCoefficients(simd, given, terms, sample),
    tile: ({ first, count }) => {
      run.crossEntropy(count);
      map.set(floats.subarray(at.map, at.map + count), first);
    },
  });
}

/** Says what terms are like; sums have all of them but the errors. */
export function describeTerms({ run }: Simd, terms: TermArrays | TermSums): void {
  const { gamma, keep, spread } = terms;
  if ("overlap" in terms) run.describeTerms(gamma, keep, spread, terms.negatives ? 1 : 0, 1, 0);
  else run.describeTerms(gamma, keep, spread, terms.negative ? 1 : 0, terms.logs ? 1 : 0, terms.errors);
}

/** The upstream gradients of the sums `[kinds, batch, classes]`, side by side for each class. */
export function putSumCoefficients(
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
export function putTermCoefficients(
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

/** Fills the confusion matrix of up to four classes: a row's entries are the sums of its class. */
export function confusion(simd: Simd, given: VoxelArrays, sums: Float32Array): void {
  const { batch, classes } = given;
  const byPrediction = new Float32Array(sums.length);
  const kinds = Array.from({ length: classes }, (_, k) => ["sums", k] as const);
  sumsOf(simd, given, undefined, kinds, byPrediction, ({ count }) => simd.run.confusion(count));
  for (let row = 0; row < batch * classes; row++) {
    for (let k = 0; k < classes; k++) sums[row * classes + k] = byPrediction[k * batch * classes + row] as number;
  }
}

/** The upstream gradients of a confusion matrix, those of a row side by side for its class. */
export function putConfusionCoefficients(
  { floats, at }: Simd,
  { classes }: VoxelArrays,
  upstream: Float32Array,
  sample: number,
): void {
  for (let label = 0; label < classes; label++) {
    const row = (sample * classes + label) * classes;
    floats.set(upstream.subarray(row, row + classes), at.coefficients + 4 * label);
  }
}
