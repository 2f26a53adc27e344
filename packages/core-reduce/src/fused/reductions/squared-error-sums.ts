import { fieldOf } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { squaredErrorSlopes, squaredErrorTerms } from "../gpu/squared-error-source.ts";
import { gradientOnGpu, matrix, sumsOnGpu } from "../gpu/voxel-programs.ts";
import { squaredErrorSums, squaredErrorSumsGradient } from "../loop-sums.ts";
import { errorsModule } from "../modules/errors.generated.ts";
import { gradientOfSums, sumsOf } from "../simd-passes.ts";

/** The sums of v (p - g)^2 f, `[batch, classes]`. */
export const fusedSquaredErrorSums: FusedReduction = {
  forward: {
    name: "LossarySquaredErrorSums",
    arrays: {
      shape: ([batch, , classes]) => [batch, classes],
      loops: (given, sums, call) => squaredErrorSums(given, call.floats("field"), sums),
      simd: {
        module: errorsModule,
        leaves: (activation) => activation !== "none",
        fill: (simd, given, sums, call) =>
          sumsOf(simd, given, sums, { field: fieldOf(call), run: ({ count }) => simd.run.squaredErrorSums(count) }),
      },
    },
    gpu: (call) => matrix(sumsOnGpu(call, 1, { name: "squared errors", source: squaredErrorTerms })),
  },
  backward: {
    name: "LossarySquaredErrorSumsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) =>
        squaredErrorSumsGradient(given, call.floats("field"), call.floats("upstream"), gradient),
      simd: {
        module: errorsModule,
        fill: (simd, given, gradient, call) =>
          gradientOfSums(simd, given, gradient, {
            field: fieldOf(call),
            upstream: call.floats("upstream"),
            run: ({ count }) => simd.run.squaredErrorSumsGradient(count),
          }),
      },
    },
    gpu: (call) => gradientOnGpu(call, { name: "squared errors gradient", source: squaredErrorSlopes }),
  },
};
