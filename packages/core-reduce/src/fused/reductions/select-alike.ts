import { type Alike, takeAlike } from "../alike.ts";
import type { ArrayCall, FusedKernel } from "../fused-kernel.ts";
import { selectionModule } from "../modules/selection.generated.ts";
import { selectLargest } from "../selection.ts";
import { selectLargest as simdSelectLargest } from "../simd-selection.ts";
import { rowsOf } from "./select-largest.ts";

function alikeOf({ attributes }: ArrayCall): Alike {
  const { share, difference, least } = attributes as Record<"difference" | "least" | "share", number>;
  return { share, difference, least };
}

/** 1 at the largest values of each row and at those that are alike, `[rows, count]`. */
export const fusedSelectAlike: FusedKernel = {
  name: "LossarySelectAlike",
  arrays: {
    shape: ([rows, count]) => [rows, count],
    loops: (given, factors, call) => {
      selectLargest(rowsOf(given, call), factors);
      takeAlike(rowsOf(given, call), alikeOf(call), factors);
    },
    simd: {
      module: selectionModule,
      fill: (simd, given, factors, call) => {
        simdSelectLargest(simd, rowsOf(given, call), factors);
        takeAlike(rowsOf(given, call), alikeOf(call), factors);
      },
    },
  },
};
