import { asFloats } from "../attributes.ts";
import type { ArrayCall, FusedKernel } from "../fused-kernel.ts";
import { selectLargestOnGpu } from "../gpu/selection.ts";
import { selectionModule } from "../modules/selection.generated.ts";
import { type Rows, selectLargest } from "../selection.ts";
import { selectLargest as simdSelectLargest } from "../simd-selection.ts";
import type { VoxelArrays } from "../voxel-arrays.ts";

/** The rows of a call. */
export function rowsOf({ batch: rows, voxels: count }: VoxelArrays, { attributes, floats, has }: ArrayCall): Rows {
  const counted = has("weights") ? asFloats(floats("weights")) : undefined;
  return { rows, count, values: asFloats(floats("values")), counted, percent: attributes.percent as number };
}

/** The factors of the largest values of each row, `[rows, count]`. */
export const fusedSelectLargest: FusedKernel = {
  name: "LossarySelectLargest",
  arrays: {
    shape: ([rows, count]) => [rows, count],
    loops: (given, factors, call) => selectLargest(rowsOf(given, call), factors),
    simd: {
      module: selectionModule,
      fill: (simd, given, factors, call) => simdSelectLargest(simd, rowsOf(given, call), factors),
    },
  },
  gpu: selectLargestOnGpu,
  needsWholeFloats: true,
};
