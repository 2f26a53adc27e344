import type { FusedReduction } from "../fused-kernel.ts";
import { gradientOnGpu, valuesOnGpu } from "../gpu/voxel-programs.ts";
import { probabilities, probabilitiesGradient } from "../loop-sums.ts";
import { errorsModule } from "../modules/errors.generated.ts";
import { valuesOf } from "../simd-passes.ts";

const unread = ["labels", "weights"];

/** The probabilities themselves. */
export const fusedProbabilities: FusedReduction = {
  forward: {
    name: "LossaryProbabilities",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: probabilities,
      simd: {
        module: errorsModule,
        fill: (simd, given, result) =>
          valuesOf(simd, given, result, { run: ({ count }) => simd.run.probabilities(count) }),
      },
    },
    gpu: (call) => valuesOnGpu(call, "return probability(n, i, c);", { name: "probabilities", source: "", unread }),
  },
  backward: {
    name: "LossaryProbabilitiesGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) => probabilitiesGradient(given, call.floats("upstream"), gradient),
      simd: {
        module: errorsModule,
        fill: (simd, given, gradient, call) =>
          valuesOf(simd, given, gradient, {
            field: call.floats("upstream"),
            run: ({ count }) => simd.run.probabilitiesGradient(count),
          }),
      },
    },
    gpu: (call) => {
      const source = "fn slopeOf(n: i32, i: i32, c: i32) -> f32 { return getUpstream(n, i, c); }";
      return gradientOnGpu(call, { name: "probabilities gradient", source, unread });
    },
  },
};
