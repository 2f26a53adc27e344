import { isProduct } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { trueNegativeSlopes, trueNegativeTerms } from "../gpu/error-source.ts";
import { gradientOnGpu, matrix, sumsOnGpu } from "../gpu/voxel-programs.ts";
import { trueNegatives, trueNegativesGradient } from "../loop-errors.ts";
import { errorsModule } from "../modules/errors.generated.ts";
import { gradientOfSums, sumsOf } from "../simd-passes.ts";

/** The sums of v min(1 - p, 1 - g), or of v (1 - p) (1 - g), `[batch, classes]`. */
export const fusedTrueNegatives: FusedReduction = {
  forward: {
    name: "LossaryTrueNegatives",
    arrays: {
      shape: ([batch, , classes]) => [batch, classes],
      loops: (given, sums, call) => trueNegatives(given, isProduct(call), sums),
      simd: {
        module: errorsModule,
        fill: (simd, given, sums, call) => {
          const product = isProduct(call) ? 1 : 0;
          sumsOf(simd, given, sums, { run: ({ count }) => simd.run.trueNegatives(count, product) });
        },
      },
    },
    gpu: (call) => {
      const product = isProduct(call);
      return matrix(sumsOnGpu(call, 1, { name: `true negatives ${product}`, source: trueNegativeTerms(product) }));
    },
  },
  backward: {
    name: "LossaryTrueNegativesGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) =>
        trueNegativesGradient(given, isProduct(call), call.floats("upstream"), gradient),
      simd: {
        module: errorsModule,
        fill: (simd, given, gradient, call) => {
          const product = isProduct(call) ? 1 : 0;
          gradientOfSums(simd, given, gradient, {
            upstream: call.floats("upstream"),
            run: ({ count }) => simd.run.trueNegativesGradient(count, product),
          });
        },
      },
    },
    gpu: (call) => {
      const product = isProduct(call);
      return gradientOnGpu(call, { name: `true negatives gradient ${product}`, source: trueNegativeSlopes(product) });
    },
  },
};
