import { isProduct } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { overlapSlopes, overlapTerms } from "../gpu/overlap-source.ts";
import { gradientOnGpu, sumsOnGpu } from "../gpu/voxel-programs.ts";
import { overlapSums, overlapSumsGradient } from "../loop-sums.ts";
import { overlapModule } from "../modules/overlap.generated.ts";
import { gradientOfSums, ofOverlap, sumsOf } from "../simd-passes.ts";

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
          let holdsLabels = true;
          sumsOf(simd, given, sums, {
            kinds: ofOverlap,
            run: ({ count }) => {
              if (simd.run.overlapSums(count, product) === 0) holdsLabels = false;
            },
          });
          return holdsLabels;
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
          const { isLabelled } = given;
          // labels of 0 and 1 stand in what was left and are not read again
          gradientOfSums(simd, isLabelled ? { ...given, labels: undefined } : given, gradient, {
            kinds: ofOverlap,
            upstream: call.floats("upstream"),
            run: ({ count }) =>
              isLabelled ? simd.run.leftOverlapGradient(count) : simd.run.overlapSumsGradient(count, product),
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
