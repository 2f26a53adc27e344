import { fieldOf, overOf } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { squaredErrorSlopes, squaredErrorTerms } from "../gpu/squared-error-source.ts";
import { gradientOnGpu, matrix, sumsOnGpu } from "../gpu/voxel-programs.ts";
import { squaredErrorSums, squaredErrorSumsGradient } from "../loop-sums.ts";
import { errorsModule } from "../modules/errors.generated.ts";
import { gradientOfSums, sumsOf } from "../simd-passes.ts";

const fields = { field: 0, labelled: 1, unlabelled: 2 };

/** The sums of v (p - g)^2 f, `[batch, classes]`. */
export const fusedSquaredErrorSums: FusedReduction = {
  forward: {
    name: "LossarySquaredErrorSums",
    arrays: {
      shape: ([batch, , classes]) => [batch, classes],
      loops: (given, sums, call) => squaredErrorSums(given, overOf(call), fieldOf(call), sums),
      simd: {
        module: errorsModule,
        leaves: (activation) => activation !== "none",
        fill: (simd, given, sums, call) => {
          const over = fields[overOf(call)];
          const run = ({ count }: { count: number }) => simd.run.squaredErrorSums(count, over);
          sumsOf(simd, given, sums, { field: fieldOf(call), run });
        },
      },
    },
    gpu: (call) => {
      const over = overOf(call);
      return matrix(sumsOnGpu(call, 1, { name: `squared errors ${over}`, source: squaredErrorTerms(over) }));
    },
  },
  backward: {
    name: "LossarySquaredErrorSumsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) =>
        squaredErrorSumsGradient(given, overOf(call), fieldOf(call), call.floats("upstream"), gradient),
      simd: {
        module: errorsModule,
        fill: (simd, given, gradient, call) => {
          const over = fields[overOf(call)];
          gradientOfSums(simd, given, gradient, {
            field: fieldOf(call),
            upstream: call.floats("upstream"),
            run: ({ count }) => simd.run.squaredErrorSumsGradient(count, over),
          });
        },
      },
    },
    gpu: (call) => {
      const over = overOf(call);
      return gradientOnGpu(call, { name: `squared errors gradient ${over}`, source: squaredErrorSlopes(over) });
    },
  },
};
