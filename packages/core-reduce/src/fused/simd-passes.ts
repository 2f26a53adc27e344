import { copyOut, eachTile, type Simd, type Tile } from "./simd-tiles.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** The sums that a kernel has for each class, in the order of its result: the group of four places, and the place in it. */
export type Kinds = readonly (readonly [group: "sums" | "terms", place: number])[];

export const ofOne: Kinds = [["sums", 0]];
export const ofOverlap: Kinds = [
  ["sums", 0],
  ["sums", 1],
  ["sums", 2],
  ["sums", 3],
];
/** Beside overlap there is room where the terms of a cross entropy have theirs. */
export const ofOverlapAndField: Kinds = [
  ["sums", 0],
  ["sums", 1],
  ["sums", 2],
  ["sums", 3],
  ["terms", 0],
];

/** How a kernel works on its tiles. */
interface Steps {
  readonly beforeSample?: (sample: number) => void;
  /** One more array as large as the predictions. */
  readonly field?: Float32Array | undefined;
  readonly run: (tile: Tile) => void;
}

/** Fills `[kinds, batch, columns]` sums, and what is left beside them. */
export function sumsOf(
  simd: Simd,
  given: VoxelArrays,
  sums: Float32Array,
  {
    kinds = ofOne,
    columns = given.classes,
    field,
    beforeSample,
    run,
  }: Steps & { readonly kinds?: Kinds; readonly columns?: number },
): void {
  const { doubles, at } = simd;
  eachTile(simd, given, field, {
    beforeSample: (sample) => {
      simd.run.clearSums();
      beforeSample?.(sample);
    },
    tile: (tile) => {
      run(tile);
      if (given.leaving) copyOut(simd, tile, given.classes, given.leaving);
    },
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
export function valuesOf(
  simd: Simd,
  given: VoxelArrays,
  result: Float32Array,
  { beforeSample, field, run }: Steps,
): void {
  eachTile(simd, given, field, {
    beforeSample: (sample) => beforeSample?.(sample),
    tile: (tile) => {
      run(tile);
      copyOut(simd, tile, given.classes, result);
    },
  });
}

/** Fills the gradient of sums, whose upstream gradients are `[kinds, batch, classes]`. */
export function gradientOfSums(
  simd: Simd,
  given: VoxelArrays,
  gradient: Float32Array,
  {
    kinds = ofOne,
    upstream,
    beforeSample,
    ...steps
  }: Steps & { readonly kinds?: Kinds; readonly upstream: Float32Array },
): void {
  const { floats, at } = simd;
  const { batch, classes } = given;
  valuesOf(simd, given, gradient, {
    ...steps,
    // side by side for each class
    beforeSample: (sample) => {
      beforeSample?.(sample);
      for (const [kind, [group, place]] of kinds.entries()) {
        const first = (group === "sums" ? at.coefficients : at.termCoefficients) + place;
        for (let label = 0; label < classes; label++) {
          floats[first + 4 * label] = upstream[(kind * batch + sample) * classes + label] as number;
        }
      }
    },
  });
}
