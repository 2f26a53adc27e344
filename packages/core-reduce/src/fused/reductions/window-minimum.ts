import { windowsOf } from "../attributes.ts";
import type { ArrayCall, FusedKernel } from "../fused-kernel.ts";
import { windowMinimumGradientOnGpu, windowMinimumOnGpu } from "../gpu/window.ts";
import { windowsModule } from "../modules/windows.generated.ts";
import { windowMinimum as simdMinimum, windowMinimumGradient as simdMinimumGradient } from "../simd-window.ts";
import { windowMinimum, windowMinimumGradient } from "../window.ts";

/** The smallest value of each window, as large as the field. */
export const fusedWindowMinimum: FusedKernel = {
  name: "LossaryWindowMinimum",
  arrays: {
    shape: (sizes) => [...sizes],
    loops: (given, least, call) => windowMinimum(windowsOf(given, call), call.floats("predictions"), least),
    simd: {
      module: windowsModule,
      fill: (simd, given, least, call) => simdMinimum(simd, windowsOf(given, call), call.floats("predictions"), least),
    },
  },
  gpu: windowMinimumOnGpu,
};

/** The gradient with respect to the field. */
export const fusedWindowMinimumGradient: FusedKernel = {
  name: "LossaryWindowMinimumGradient",
  arrays: {
    shape: (sizes) => [...sizes],
    loops: (given, gradient, call) => windowMinimumGradient(windowsOf(given, call), readOf(call), gradient),
    simd: {
      module: windowsModule,
      fill: (simd, given, gradient, call) => simdMinimumGradient(simd, windowsOf(given, call), readOf(call), gradient),
    },
  },
  gpu: windowMinimumGradientOnGpu,
};

function readOf({ floats }: ArrayCall) {
  return [floats("predictions"), floats("least"), floats("upstream")] as const;
}
