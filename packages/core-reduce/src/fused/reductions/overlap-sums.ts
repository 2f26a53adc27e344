import { isProduct } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { overlapSlopes, overlapTerms } from "../gpu/overlap-source.ts";
import { gradientOnGpu, sumsOnGpu } from "../gpu/voxel-programs.ts";
import { overlapSums, overlapSumsGradient } from "../loop-sums.ts";
import { overlapModule } from "../modules/overlap.generated.ts";
import { sumsWithLabels, withoutReadLabels } from "../simd-labels.ts";
import { gradientOfSums, ofOverlap } from "../simd-passes.ts";

/** I, FP, FN and E, `[4, batch, classes]`. */
export const fusedOverlapSums: FusedReduction = {
  forward: {
    name: "LossaryOverlapSums",
    arrays: {
      shape: ([batch, , classes]) => [4, batch, classes],
      loops: (given, sums, call) => overlapSums(given, isProduct(call), sums),
      simd: {
        module: overlapModule,
        leaves: (activation) => activation !== "none",
        fill: (simd, given, sums, call) => {
          const product = isProduct(call) ? 1 : 0;
          return sumsWithLabels(simd, given, sums, {
            kinds: ofOverlap,
            run: ({ count }) => simd.run.overlapSums(count, product),
          });
        },
      },
    },
    gpu: (call) => {
      const product = isProduct(call);
      return sumsOnGpu(call, 4, { name: `overlap ${product}`, source: overlapTerms(product) });
    },
  },
  backward: {
    name: "LossaryOverlapSumsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) => overlapSumsGradient(given, isProduct(call), call.floats("upstream"), gradient),
      simd: {
        module: overlapModule,
        fill: (simd, given, gradient, call) => {
          const product = isProduct(call) ? 1 : 0;
          gradientOfSums(simd, withoutReadLabels(given), gradient, {
            kinds: ofOverlap,
            upstream: call.floats("upstream"),
            run: ({ count }) =>
              given.isLabelled ? simd.run.leftOverlapGradient(count) : simd.run.overlapSumsGradient(count, product),
          });
        },
      },
    },
    gpu: (call) => {
      const product = isProduct(call);
      return gradientOnGpu(call, { name: `overlap gradient ${product}`, source: overlapSlopes(product) });
    },
  },
};
