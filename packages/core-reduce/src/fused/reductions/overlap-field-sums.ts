import { fieldedOf, fieldOf, isProduct } from "../attributes.ts";
import type { ArrayCall, FusedReduction } from "../fused-kernel.ts";
import { gradientOfOverlapFieldSumsOnGpu, overlapFieldSumsOnGpu } from "../gpu/overlap-field.ts";
import { overlapFieldSums, overlapFieldSumsGradient } from "../loop-overlap-field.ts";
import { overlapFieldModule } from "../modules/overlap-field.generated.ts";
import { gradientOfSums, ofOverlapAndField, sumsOf } from "../simd-passes.ts";

/** What the module is told. */
function flagsOf(call: ArrayCall): [product: number, squared: number] {
  return [isProduct(call) ? 1 : 0, fieldedOf(call) === "squaredError" ? 1 : 0];
}

/** I, FP, FN, E and the sum of v p f or of v (p - g)^2 f, `[5, batch, classes]`. */
export const fusedOverlapFieldSums: FusedReduction = {
  forward: {
    name: "LossaryOverlapFieldSums",
    arrays: {
      shape: ([batch, , classes]) => [5, batch, classes],
      loops: (given, sums, call) =>
        overlapFieldSums(given, isProduct(call), fieldedOf(call), call.floats("field"), sums),
      simd: {
        module: overlapFieldModule,
        leaves: (activation) => activation !== "none",
        fill: (simd, given, sums, call) => {
          const [product, squared] = flagsOf(call);
          sumsOf(simd, given, sums, {
            kinds: ofOverlapAndField,
            field: fieldOf(call),
            run: ({ count }) => simd.run.overlapFieldSums(count, product, squared),
          });
        },
      },
    },
    gpu: overlapFieldSumsOnGpu,
  },
  backward: {
    name: "LossaryOverlapFieldSumsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) => {
        const [field, upstream] = [call.floats("field"), call.floats("upstream")];
        overlapFieldSumsGradient(given, isProduct(call), fieldedOf(call), field, upstream, gradient);
      },
      simd: {
        module: overlapFieldModule,
        fill: (simd, given, gradient, call) => {
          const [product, squared] = flagsOf(call);
          gradientOfSums(simd, given, gradient, {
            kinds: ofOverlapAndField,
            field: fieldOf(call),
            upstream: call.floats("upstream"),
            run: ({ count }) => simd.run.overlapFieldSumsGradient(count, product, squared),
          });
        },
      },
    },
    gpu: gradientOfOverlapFieldSumsOnGpu,
  },
};
