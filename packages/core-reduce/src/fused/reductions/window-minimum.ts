import { windowsOf } from "../attributes.ts";
import type { FusedKernel } from "../fused-kernel.ts";
import { windowMinimumGradientOnGpu, windowMinimumOnGpu } from "../gpu/window.ts";
import { windowMinimum, windowMinimumGradient } from "../window.ts";

/** The smallest value of each window, as large as the field. */
export const fusedWindowMinimum: FusedKernel = {
  name: "LossaryWindowMinimum",
  arrays: {
    shape: (sizes) => [...sizes],
    loops: (given, least, call) => windowMinimum(windowsOf(given, call), call.floats("predictions"), least),
  },
  gpu: windowMinimumOnGpu,
};

/** The gradient with respect to the field. */
export const fusedWindowMinimumGradient: FusedKernel = {
  name: "LossaryWindowMinimumGradient",
  arrays: {
    shape: (sizes) => [...sizes],
    loops: (given, gradient, call) => {
      const read = [call.floats("predictions"), call.floats("least"), call.floats("upstream")] as const;
      windowMinimumGradient(windowsOf(given, call), read, gradient);
    },
  },
  gpu: windowMinimumGradientOnGpu,
};
