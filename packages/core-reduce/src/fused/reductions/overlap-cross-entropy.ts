import { isProduct, plainTerms } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { gradientOfOverlapCrossEntropyOnGpu, overlapCrossEntropyOnGpu } from "../gpu/overlap-cross-entropy.ts";
import { overlapCrossEntropy, overlapCrossEntropyGradient } from "../loop-overlap-cross-entropy.ts";
import { crossEntropyModule } from "../modules/cross-entropy.generated.ts";
import { gradientOfSumsAndMap, sumsAndMap } from "../simd-terms.ts";

/** I, FP, FN and E, `[4, batch, classes]`, and beside them the map of a cross entropy, which voxel weights do not multiply, `[batch, voxels]`. */
export const fusedOverlapCrossEntropy: FusedReduction = {
  forward: {
    name: "LossaryOverlapCrossEntropy",
    arrays: {
      shape: ([batch, , classes]) => [4, batch, classes],
      mapShape: ([batch, voxels]) => [batch, voxels],
      loops: (given, sums, call) =>
        overlapCrossEntropy(given, isProduct(call), plainTerms(call), [sums, given.map as Float32Array]),
      simd: {
        module: crossEntropyModule,
        // probabilities; the slopes of softmax's negatives need logarithms
        leaves: (activation, { has }) => activation !== "none" && !(has("negative") && activation === "softmax"),
        fill: (simd, given, sums, call) =>
          sumsAndMap(simd, given, sums, plainTerms(call), ({ count }) =>
            simd.run.overlapCrossEntropy(count, isProduct(call) ? 1 : 0),
          ),
      },
    },
    gpu: overlapCrossEntropyOnGpu,
  },
  backward: {
    name: "LossaryOverlapCrossEntropyGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) => {
        const read = [call.floats("upstream"), call.floats("chosen")] as const;
        overlapCrossEntropyGradient(given, isProduct(call), plainTerms(call), read, gradient);
      },
      simd: {
        module: crossEntropyModule,
        fill: (simd, given, gradient, call) =>
          gradientOfSumsAndMap(simd, given, gradient, plainTerms(call), call, ({ count }) =>
            simd.run.overlapCrossEntropyGradient(count, isProduct(call) ? 1 : 0),
          ),
      },
    },
    gpu: gradientOfOverlapCrossEntropyOnGpu,
  },
};
