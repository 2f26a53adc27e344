import type { Activation } from "../../loss.ts";
import { expectedOf, termSumsOf } from "../attributes.ts";
import type { ArrayCall, FusedReduction } from "../fused-kernel.ts";
import { crossEntropySumsOnGpu, gradientOfCrossEntropySumsOnGpu } from "../gpu/cross-entropy-sums.ts";
import { crossEntropySums, crossEntropySumsGradient } from "../loop-cross-entropy-sums.ts";
import { crossEntropyModule } from "../modules/cross-entropy.generated.ts";
import { factorsOfExpected, putExpected, scaleGradient } from "../simd-expected.ts";
import { gradientOfSums, sumsOf } from "../simd-passes.ts";
import { describeTerms, kindsOf } from "../simd-terms.ts";

/**
 * Beside overlap, probabilities are left, which spare the way back its exponentials, but not the logarithms of a focal loss or of a power. Alone, the terms leave
 * their gradient for the coefficients that their sums are expected to get, of which the way back needs but a factor.
 */
function leaves(activation: Activation, call: ArrayCall): boolean {
  const { overlap, gamma, power, negatives } = termSumsOf(call);
  if (overlap === "none") return expectedOf(call) !== undefined;
  return activation !== "none" && gamma === 0 && power === 1 && !(negatives && activation === "softmax");
}

const overlaps = { none: 0, semimetric: 1, product: 2 };

/** The sums of both terms of a cross entropy, `[2, batch, classes]`, or behind those of overlap, `[6, batch, classes]`. */
export const fusedCrossEntropySums: FusedReduction = {
  forward: {
    name: "LossaryCrossEntropySums",
    arrays: {
      shape: ([batch, , classes], { overlap }) => [overlap === "none" ? 2 : 6, batch, classes],
      loops: (given, sums, call) => crossEntropySums(given, termSumsOf(call), sums),
      simd: {
        module: crossEntropyModule,
        leaves,
        fill: (simd, given, sums, call) => {
          const terms = termSumsOf(call);
          const overlap = overlaps[terms.overlap];
          describeTerms(simd, terms);
          const expected = given.leaving && terms.overlap === "none" ? expectedOf(call) : undefined;
          sumsOf(simd, given, sums, {
            kinds: kindsOf(terms),
            beforeSample: (sample) => expected && putExpected(simd, given, expected, sample),
            run: ({ count }) => simd.run.crossEntropySums(count, overlap),
          });
        },
      },
    },
    gpu: crossEntropySumsOnGpu,
  },
  backward: {
    name: "LossaryCrossEntropySumsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) =>
        crossEntropySumsGradient(given, termSumsOf(call), call.floats("upstream"), gradient),
      simd: {
        module: crossEntropyModule,
        fill: (simd, given, gradient, call) => {
          const terms = termSumsOf(call);
          const overlap = overlaps[terms.overlap];
          const upstream = call.floats("upstream");
          const isGradient = given.left !== undefined && terms.overlap === "none";
          const factors = isGradient ? factorsOfExpected(given, expectedOf(call), upstream) : undefined;
          if (factors) return scaleGradient(simd, given, gradient, factors);
          describeTerms(simd, terms);
          // a gradient with respect to other coefficients is of no use
          gradientOfSums(simd, isGradient ? { ...given, left: undefined } : given, gradient, {
            kinds: kindsOf(terms),
            upstream,
            run: ({ count }) => simd.run.crossEntropySumsGradient(count, overlap),
          });
        },
      },
    },
    gpu: gradientOfCrossEntropySumsOnGpu,
  },
};
