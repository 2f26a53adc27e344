import type { Expected } from "./attributes.ts";
import { valuesOf } from "./simd-passes.ts";
import type { Simd } from "./simd-tiles.ts";
import type { VoxelArrays } from "./voxel-arrays.ts";

/** By how much two single-precision products of the same few factors may differ. */
const tolerance = 4e-7;

/** The coefficients of both terms of a sample; a term of which nothing is expected has none. */
function coefficientOf(
  { positive, negative }: Expected,
  kind: number,
  { classes }: VoxelArrays,
  sample: number,
  c: number,
) {
  const coefficients = kind === 0 ? positive : negative;
  if (coefficients === undefined) return 0;
  return coefficients[coefficients.length === classes ? c : sample * classes + c] as number;
}

/**
 * What each sample's upstream gradients `[2, batch, classes]` are of the coefficients that were expected; nothing where they are not a multiple of them.
 */
export function factorsOfExpected(
  given: VoxelArrays,
  expected: Expected | undefined,
  upstream: Float32Array,
): Float64Array | undefined {
  if (expected === undefined) return undefined;
  const { batch, classes } = given;
  const factors = new Float64Array(batch);
  for (let sample = 0; sample < batch; sample++) {
    let factor: number | undefined;
    for (let kind = 0; kind < 2; kind++) {
      for (let c = 0; c < classes; c++) {
        const coefficient = coefficientOf(expected, kind, given, sample, c);
        const slope = upstream[(kind * batch + sample) * classes + c] as number;
        if (coefficient === 0 && slope === 0) continue;
        factor ??= slope / coefficient;
        if (!(Math.abs(slope - factor * coefficient) <= tolerance * Math.abs(slope))) return undefined;
      }
    }
    factors[sample] = factor ?? 0;
  }
  return factors;
}

/** Puts the coefficients of a sample where the module looks for them, side by side for each class. */
export function putExpected({ floats, at }: Simd, given: VoxelArrays, expected: Expected, sample: number): void {
  for (let c = 0; c < given.classes; c++) {
    for (let kind = 0; kind < 2; kind++) {
      floats[at.termCoefficients + 4 * c + kind] = coefficientOf(expected, kind, given, sample, c);
    }
  }
}

/** Multiplies the gradient that a forward pass has left, in its place, by a factor for each sample; most often that is 1. */
export function scaleGradient(simd: Simd, given: VoxelArrays, gradient: Float32Array, factors: Float64Array): void {
  if (factors.every((factor) => Math.abs(factor - 1) <= tolerance)) return;
  valuesOf(simd, { ...given, labels: undefined, weights: undefined }, gradient, {
    run: ({ sample, count }) => simd.run.scaleKept(count, factors[sample] as number),
  });
}
