import { exponentOf } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { errorPowerSlopes, errorPowerTerms } from "../gpu/error-source.ts";
import { gradientOnGpu, matrix, sumsOnGpu } from "../gpu/voxel-programs.ts";
import { errorPowerSums, errorPowerSumsGradient } from "../loop-errors.ts";
import { errorsModule } from "../modules/errors.generated.ts";
import { gradientOfSums, sumsOf } from "../simd-passes.ts";

/** The sums of v |p - g|^exponent, `[batch, classes]`. */
export const fusedErrorPowerSums: FusedReduction = {
  forward: {
    name: "LossaryErrorPowerSums",
    arrays: {
      shape: ([batch, , classes]) => [batch, classes],
      loops: (given, sums, call) => errorPowerSums(given, exponentOf(call), sums),
      simd: {
        module: errorsModule,
        fill: (simd, given, sums, call) => {
          const exponent = exponentOf(call);
          sumsOf(simd, given, sums, { run: ({ count }) => simd.run.errorPowerSums(count, exponent) });
        },
      },
    },
    gpu: (call) => {
      const floats = { exponent: exponentOf(call) };
      return matrix(sumsOnGpu(call, 1, { name: "error powers", source: errorPowerTerms(), floats }));
    },
  },
  backward: {
    name: "LossaryErrorPowerSumsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) =>
        errorPowerSumsGradient(given, exponentOf(call), call.floats("upstream"), gradient),
      simd: {
        module: errorsModule,
        fill: (simd, given, gradient, call) => {
          const exponent = exponentOf(call);
          gradientOfSums(simd, given, gradient, {
            upstream: call.floats("upstream"),
            run: ({ count }) => simd.run.errorPowerSumsGradient(count, exponent),
          });
        },
      },
    },
    gpu: (call) => {
      const floats = { exponent: exponentOf(call) };
      return gradientOnGpu(call, { name: "error powers gradient", source: errorPowerSlopes(), floats });
    },
  },
};
