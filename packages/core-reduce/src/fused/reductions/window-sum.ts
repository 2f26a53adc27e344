import { windowsOf } from "../attributes.ts";
import type { FusedKernel } from "../fused-kernel.ts";
import { windowsModule } from "../modules/windows.generated.ts";
import { windowSum as simdSum } from "../simd-window.ts";
import { windowSum } from "../window.ts";

/** The sum of each window, as large as the field. */
export const fusedWindowSum: FusedKernel = {
  name: "LossaryWindowSum",
  arrays: {
    shape: (sizes) => [...sizes],
    loops: (given, sum, call) => windowSum(windowsOf(given, call), call.floats("predictions"), sum),
    simd: {
      module: windowsModule,
      fill: (simd, given, sum, call) => simdSum(simd, windowsOf(given, call), call.floats("predictions"), sum),
    },
  },
};
