import type { FusedReduction } from "../fused-kernel.ts";
import { confusionOnGpu, gradientOfConfusionOnGpu } from "../gpu/confusion.ts";
import { confusion, confusionGradient } from "../loop-confusion.ts";
import { errorsModule } from "../modules/errors.generated.ts";
import { sumsOf, valuesOf } from "../simd-passes.ts";

/** The most classes of which all pairs have a place among the sums of a module. */
const mostPaired = 4;

/** The soft confusion matrix, sum v g_l p_k, `[batch, classes, classes]`. */
export const fusedConfusion: FusedReduction = {
  forward: {
    name: "LossaryConfusion",
    arrays: {
      shape: ([batch, , classes]) => [batch, classes, classes],
      loops: confusion,
      simd: {
        module: errorsModule,
        fill: (simd, given, sums) => {
          const { batch, classes } = given;
          if (classes > mostPaired) return confusion(given, sums);
          // a row's entries are the sums of its class
          const byPrediction = new Float32Array(sums.length);
          const kinds = Array.from({ length: classes }, (_, k) => ["sums", k] as const);
          sumsOf(simd, given, byPrediction, { kinds, run: ({ count }) => simd.run.confusion(count) });
          for (let row = 0; row < batch * classes; row++) {
            for (let k = 0; k < classes; k++) {
              sums[row * classes + k] = byPrediction[k * batch * classes + row] as number;
            }
          }
        },
      },
    },
    gpu: confusionOnGpu,
  },
  backward: {
    name: "LossaryConfusionGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) => confusionGradient(given, call.floats("upstream"), gradient),
      simd: {
        module: errorsModule,
        fill: (simd, given, gradient, call) => {
          const { floats, at, run } = simd;
          const [{ classes }, upstream] = [given, call.floats("upstream")];
          if (classes > mostPaired) return confusionGradient(given, upstream, gradient);
          valuesOf(simd, given, gradient, {
            // those of a row side by side for its class
            beforeSample: (sample) => {
              for (let label = 0; label < classes; label++) {
                const row = (sample * classes + label) * classes;
                floats.set(upstream.subarray(row, row + classes), at.coefficients + 4 * label);
              }
            },
            run: ({ count }) => run.confusionGradient(count),
          });
        },
      },
    },
    gpu: gradientOfConfusionOnGpu,
  },
};
