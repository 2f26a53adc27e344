import { besideOf } from "../attributes.ts";
import type { ArrayCall, FusedReduction } from "../fused-kernel.ts";
import { gradientOfOverlapErrorSumsOnGpu, overlapErrorSumsOnGpu } from "../gpu/overlap-errors.ts";
import { overlapErrorSums, overlapErrorSumsGradient } from "../loop-overlap-errors.ts";
import { overlapErrorsModule } from "../modules/overlap-errors.generated.ts";
import { sumsWithLabels, withoutReadLabels } from "../simd-labels.ts";
import { gradientOfSums, type Kinds, ofOverlapAndField } from "../simd-passes.ts";

/** What the module is told. */
function flagsOf(call: ArrayCall): [product: number, beside: number, exponent: number] {
  const { product, beside, exponent } = besideOf(call);
  return [product ? 1 : 0, { trueNegatives: 0, sides: 1, powers: 2 }[beside], exponent];
}

function kindsOf(call: ArrayCall): Kinds {
  return besideOf(call).beside === "sides" ? [...ofOverlapAndField, ["terms", 1]] : ofOverlapAndField;
}

/** I, FP, FN and E, and behind them the true negatives, the squared errors of both sides or the powers of errors, `[5 or 6, batch, classes]`. */
export const fusedOverlapErrorSums: FusedReduction = {
  forward: {
    name: "LossaryOverlapErrorSums",
    arrays: {
      shape: ([batch, , classes], { beside }) => [beside === "sides" ? 6 : 5, batch, classes],
      loops: (given, sums, call) => overlapErrorSums(given, besideOf(call), sums),
      simd: {
        module: overlapErrorsModule,
        leaves: (activation) => activation !== "none",
        fill: (simd, given, sums, call) => {
          const flags = flagsOf(call);
          return sumsWithLabels(simd, given, sums, {
            kinds: kindsOf(call),
            run: ({ count }) => simd.run.overlapErrorSums(count, ...flags),
          });
        },
      },
    },
    gpu: overlapErrorSumsOnGpu,
  },
  backward: {
    name: "LossaryOverlapErrorSumsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) =>
        overlapErrorSumsGradient(given, besideOf(call), call.floats("upstream"), gradient),
      simd: {
        module: overlapErrorsModule,
        fill: (simd, given, gradient, call) => {
          const flags = flagsOf(call);
          gradientOfSums(simd, withoutReadLabels(given), gradient, {
            kinds: kindsOf(call),
            upstream: call.floats("upstream"),
            run: ({ count }) =>
              given.isLabelled
                ? simd.run.leftOverlapErrorGradient(count, flags[1])
                : simd.run.overlapErrorSumsGradient(count, ...flags),
          });
        },
      },
    },
    gpu: gradientOfOverlapErrorSumsOnGpu,
  },
};
