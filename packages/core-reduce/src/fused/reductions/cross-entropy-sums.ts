import { termSumsOf } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { crossEntropySumsOnGpu, gradientOfCrossEntropySumsOnGpu } from "../gpu/cross-entropy-sums.ts";
import { crossEntropySums, crossEntropySumsGradient } from "../loop-cross-entropy-sums.ts";
import { crossEntropyModule } from "../modules/cross-entropy.generated.ts";
import { gradientOfSums, sumsOf } from "../simd-passes.ts";
import { describeTerms, kindsOf } from "../simd-terms.ts";

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
        fill: (simd, given, sums, call) => {
          const terms = termSumsOf(call);
          const overlap = overlaps[terms.overlap];
          describeTerms(simd, terms);
          sumsOf(simd, given, sums, {
            kinds: kindsOf(terms),
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
          describeTerms(simd, terms);
          gradientOfSums(simd, given, gradient, {
            kinds: kindsOf(terms),
            upstream: call.floats("upstream"),
            run: ({ count }) => simd.run.crossEntropySumsGradient(count, overlap),
          });
        },
      },
    },
    gpu: gradientOfCrossEntropySumsOnGpu,
  },
};
