import { polyTerms } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { gradientOfPolyCrossEntropyOnGpu, polyCrossEntropyOnGpu } from "../gpu/cross-entropy-map.ts";
import { crossEntropy, crossEntropyGradient } from "../loop-cross-entropy.ts";
import { crossEntropyModule } from "../modules/cross-entropy.generated.ts";
import { gradientOfTermMap, leavesGradient, termMap } from "../simd-terms.ts";

/** The map of a cross entropy with errors, `[batch, voxels]`. */
export const fusedPolyCrossEntropy: FusedReduction = {
  forward: {
    name: "LossaryPolyCrossEntropy",
    arrays: {
      shape: ([batch, voxels]) => [batch, voxels],
      loops: (given, map, call) => crossEntropy(given, polyTerms(call), map),
      simd: {
        module: crossEntropyModule,
        leaves: leavesGradient,
        fill: (simd, given, map, call) => termMap(simd, given, map, polyTerms(call)),
      },
    },
    gpu: polyCrossEntropyOnGpu,
  },
  backward: {
    name: "LossaryPolyCrossEntropyGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) => crossEntropyGradient(given, polyTerms(call), call.floats("upstream"), gradient),
      simd: {
        module: crossEntropyModule,
        fill: (simd, given, gradient, call) => gradientOfTermMap(simd, given, gradient, polyTerms(call), call),
      },
    },
    gpu: gradientOfPolyCrossEntropyOnGpu,
  },
};
