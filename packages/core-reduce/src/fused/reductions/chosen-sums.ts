import { asFloats } from "../attributes.ts";
import type { FusedKernel } from "../fused-kernel.ts";
import { chosenSums } from "../maps.ts";
import { selectionModule } from "../modules/selection.generated.ts";
import { chosenSums as simdChosenSums } from "../simd-selection.ts";

/** The sums of w m and of w of each row, `[2, rows]`. */
export const fusedChosenSums: FusedKernel = {
  name: "LossaryChosenSums",
  arrays: {
    shape: ([rows]) => [2, rows],
    loops: ({ voxels }, sums, { floats }) =>
      chosenSums(asFloats(floats("values")), asFloats(floats("weights")), voxels, sums),
    simd: {
      module: selectionModule,
      fill: (simd, { batch: rows, voxels: count }, sums, { floats }) =>
        simdChosenSums(
          simd,
          { rows, count, values: asFloats(floats("values")), counted: asFloats(floats("weights")) },
          sums,
        ),
    },
  },
};
