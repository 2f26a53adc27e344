import type { FieldChoice, FusedKernels } from "./fused-kernels.ts";
import { loopKernels } from "./loop-kernels.ts";
import { instantiate } from "./simd-module.ts";
import {
  confusion,
  crossEntropy,
  describeTerms,
  gradientOf,
  kindsOf,
  ofOne,
  ofOverlap,
  putConfusionCoefficients,
  putSumCoefficients,
  putTermCoefficients,
  sumsOf,
} from "./simd-passes.ts";
import { type Tile, viewsOf } from "./simd-tiles.ts";

/** The most classes of which all pairs have a place among the sums. */
const mostPaired = 4;

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
      describeTerms(simd, terms);
      gradientOf(simd, given, undefined, gradient, {
        coefficients: (sample) => putTermCoefficients(simd, given, terms, sample),
        run: ({ first, count }) => {
          simd.floats.set(upstream.subarray(first, first + count), simd.at.map);
          run.crossEntropyGradient(count);
        },
      });
    },
    crossEntropySums: (given, terms, sums) => {
      describeTerms(simd, terms);
      const run = ({ count }: Tile) => simd.run.crossEntropySums(count, overlaps[terms.overlap]);
      sumsOf(simd, given, undefined, kindsOf(terms), sums, run);
    },
    crossEntropySumsGradient: (given, terms, upstream, gradient) => {
      describeTerms(simd, terms);
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
    confusion: (given, sums) =>
      given.classes > mostPaired ? loopKernels.confusion(given, sums) : confusion(simd, given, sums),
    confusionGradient: (given, upstream, gradient) => {
      if (given.classes > mostPaired) return loopKernels.confusionGradient(given, upstream, gradient);
      gradientOf(simd, given, undefined, gradient, {
        coefficients: (sample) => putConfusionCoefficients(simd, given, upstream, sample),
        run: ({ count }) => run.confusionGradient(count),
      });
    },
    errors: (given, hinge, result) =>
      gradientOf(simd, given, undefined, result, { run: ({ count }) => run.errors(count, hinge ? 1 : 0) }),
    errorsGradient: (given, hinge, upstream, gradient) =>
      gradientOf(simd, given, upstream, gradient, { run: ({ count }) => run.errorsGradient(count, hinge ? 1 : 0) }),
    errorPowerSums: (given, exponent, sums) =>
      sumsOf(simd, given, undefined, ofOne, sums, ({ count }) => run.errorPowerSums(count, exponent)),
    errorPowerSumsGradient: (given, exponent, upstream, gradient) =>
      gradientOf(simd, given, undefined, gradient, {
        coefficients: (sample) => putSumCoefficients(simd, given, upstream, ofOne, sample),
        run: ({ count }) => run.errorPowerSumsGradient(count, exponent),
      }),
    trueNegatives: (given, product, sums) =>
      sumsOf(simd, given, undefined, ofOne, sums, ({ count }) => run.trueNegatives(count, product ? 1 : 0)),
    trueNegativesGradient: (given, product, upstream, gradient) =>
      gradientOf(simd, given, undefined, gradient, {
        coefficients: (sample) => putSumCoefficients(simd, given, upstream, ofOne, sample),
        run: ({ count }) => run.trueNegativesGradient(count, product ? 1 : 0),
      }),
    valueSums: (given, sums) => sumsOf(simd, given, undefined, ofOne, sums, ({ count }) => run.valueSums(count)),
    weightSums: (given, sums) => sumsOf(simd, given, undefined, ofOne, sums, ({ count }) => run.weightSum(count), 1),
    labelledSums: (given, sums) => sumsOf(simd, given, undefined, ofOne, sums, ({ count }) => run.labelledSums(count)),
  };
}

function fieldOf(over: FieldChoice, field: Float32Array | undefined): Float32Array | undefined {
  return over === "field" ? field : undefined;
}
