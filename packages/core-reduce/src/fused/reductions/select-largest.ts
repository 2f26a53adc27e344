import { asFloats } from "../attributes.ts";
import type { FusedKernel } from "../fused-kernel.ts";
import { selectLargestOnGpu } from "../gpu/selection.ts";
import { selectLargest } from "../selection.ts";

/** The factors of the largest values of each row, `[rows, count]`. */
export const fusedSelectLargest: FusedKernel = {
  name: "LossarySelectLargest",
  arrays: {
    shape: ([rows, count]) => [rows, count],
    loops: ({ batch: rows, voxels: count }, factors, { attributes, floats }) => {
      const percent = attributes.percent as number;
      const [values, counted] = [asFloats(floats("values")), asFloats(floats("weights"))];
      selectLargest({ rows, count, values, counted, percent }, factors);
    },
  },
  gpu: selectLargestOnGpu,
  needsWholeFloats: true,
};
