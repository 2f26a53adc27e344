import type { Activation } from "../../loss.ts";
import { isHinge } from "../attributes.ts";
import type { FusedReduction } from "../fused-kernel.ts";
import { gradient as throughActivation } from "../gpu/activation-source.ts";
import { errorSlopes, errors as errorSource } from "../gpu/error-source.ts";
import { valuesOnGpu } from "../gpu/voxel-programs.ts";
import { errors, errorsGradient } from "../loop-errors.ts";
import { errorsModule } from "../modules/errors.generated.ts";
import { valuesOf } from "../simd-passes.ts";

/** |p - g|, or the hinge of scores, as large as the predictions. */
export const fusedErrors: FusedReduction = {
  forward: {
    name: "LossaryErrors",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, result, call) => errors(given, isHinge(call), result),
      simd: {
        module: errorsModule,
        fill: (simd, given, result, call) => {
          const hinge = isHinge(call) ? 1 : 0;
          valuesOf(simd, given, result, { run: ({ count }) => simd.run.errors(count, hinge) });
        },
      },
    },
    gpu: (call) => {
      const hinge = isHinge(call);
      return valuesOnGpu(call, "return errorOf(n, i, c);", { name: `errors ${hinge}`, source: errorSource(hinge) });
    },
  },
  backward: {
    name: "LossaryErrorsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) => errorsGradient(given, isHinge(call), call.floats("upstream"), gradient),
      simd: {
        module: errorsModule,
        fill: (simd, given, gradient, call) => {
          const hinge = isHinge(call) ? 1 : 0;
          valuesOf(simd, given, gradient, {
            field: call.floats("upstream"),
            run: ({ count }) => simd.run.errorsGradient(count, hinge),
          });
        },
      },
    },
    gpu: (call) => {
      const hinge = isHinge(call);
      // a score goes through no activation
      const kind = hinge ? "none" : (call.attributes.activation as Activation);
      const source = errorSlopes(hinge) + throughActivation(kind);
      return valuesOnGpu(call, "return throughActivation(n, i, c);", { name: `errors gradient ${hinge}`, source });
    },
  },
};
