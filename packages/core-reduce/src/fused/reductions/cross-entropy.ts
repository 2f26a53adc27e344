import { focalTerms } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { crossEntropyOnGpu, gradientOfCrossEntropyOnGpu } from "../gpu/cross-entropy-map.ts";
import { crossEntropy, crossEntropyGradient } from "../loop-cross-entropy.ts";
import { crossEntropyModule } from "../modules/cross-entropy.generated.ts";
import { gradientOfTermMap, leavesGradient, termMap } from "../simd-terms.ts";

/** The map of a focal cross entropy, `[batch, voxels]`. */
export const fusedCrossEntropy: FusedReduction = {
  forward: {
    name: "LossaryCrossEntropy",
    arrays: {
      shape: ([batch, voxels]) => [batch, voxels],
      loops: (given, map, call) => crossEntropy(given, focalTerms(call), map),
      simd: {
        module: crossEntropyModule,
        leaves: leavesGradient,
        fill: (simd, given, map, call) => termMap(simd, given, map, focalTerms(call)),
      },
    },
    gpu: crossEntropyOnGpu,
  },
  backward: {
    name: "LossaryCrossEntropyGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) =>
        crossEntropyGradient(given, focalTerms(call), call.floats("upstream"), gradient),
      simd: {
        module: crossEntropyModule,
        fill: (simd, given, gradient, call) => gradientOfTermMap(simd, given, gradient, focalTerms(call), call),
      },
    },
    gpu: gradientOfCrossEntropyOnGpu,
  },
};
