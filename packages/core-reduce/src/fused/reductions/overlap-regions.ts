import { isProduct } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { overlapRegions, overlapRegionsGradient } from "../loop-overlap-regions.ts";
import { overlapRegionsModule } from "../modules/overlap-regions.generated.ts";
import { regionsOf } from "../regions.ts";
import { overlapRegions as simdRegions, overlapRegionsGradient as simdRegionsGradient } from "../simd-regions.ts";

/**
 * I, FP, FN and E, `[4, batch, classes]`, and behind them in one row I, FP and FN of each region. Regions are found where labels can be read, so
 * there are no programs for graphics processors.
 */
export const fusedOverlapRegions: FusedReduction = {
  forward: {
    name: "LossaryOverlapRegions",
    arrays: {
      shape: ([batch, , classes], { rows }) => [4 * batch * classes + 3 * (rows as number[]).length],
      loops: (given, sums, call) => overlapRegions(given, isProduct(call), regionsOf(given, call), sums),
      simd: {
        module: overlapRegionsModule,
        leaves: (activation) => activation !== "none",
        fill: (simd, given, sums, call) => simdRegions(simd, given, isProduct(call), regionsOf(given, call), sums),
      },
    },
  },
  backward: {
    name: "LossaryOverlapRegionsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) =>
        overlapRegionsGradient(given, isProduct(call), regionsOf(given, call), call.floats("upstream"), gradient),
      simd: {
        module: overlapRegionsModule,
        fill: (simd, given, gradient, call) => {
          const upstream = call.floats("upstream");
          simdRegionsGradient(simd, given, isProduct(call), regionsOf(given, call), upstream, gradient);
        },
      },
    },
  },
};
