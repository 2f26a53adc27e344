import { errorTerms } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { errorTermsOnGpu, gradientOfErrorTermsOnGpu } from "../gpu/cross-entropy-map.ts";
import { crossEntropy, crossEntropyGradient } from "../loop-cross-entropy.ts";
import { crossEntropyModule } from "../modules/cross-entropy.generated.ts";
import { gradientOfTermMap, leavesGradient, termMap } from "../simd-terms.ts";

/** The map of errors, `[batch, voxels]`: a cross entropy without its logarithms. */
export const fusedErrorTerms: FusedReduction = {
  forward: {
    name: "LossaryErrorTerms",
    arrays: {
      shape: ([batch, voxels]) => [batch, voxels],
      loops: (given, map, call) => crossEntropy(given, errorTerms(call), map),
      simd: {
        module: crossEntropyModule,
        leaves: leavesGradient,
        fill: (simd, given, map, call) => termMap(simd, given, map, errorTerms(call)),
      },
    },
    gpu: errorTermsOnGpu,
  },
  backward: {
    name: "LossaryErrorTermsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) =>
        crossEntropyGradient(given, errorTerms(call), call.floats("upstream"), gradient),
      simd: {
        module: crossEntropyModule,
        fill: (simd, given, gradient, call) => gradientOfTermMap(simd, given, gradient, errorTerms(call), call),
      },
    },
    gpu: gradientOfErrorTermsOnGpu,
  },
};
