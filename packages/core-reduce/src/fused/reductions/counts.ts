import type { FusedKernel } from "../fused-kernel.ts";
import { mapOnGpu, matrix, sumsOnGpu } from "../gpu/voxel-programs.ts";
import { labelledSums, weightSums } from "../loop-sums.ts";
import { anyIgnored, voxelWeights } from "../maps.ts";
import { plainModule } from "../modules/plain.generated.ts";
import { sumsOf } from "../simd-passes.ts";

/** sum v, `[batch, 1]`. */
export const fusedValidVoxels: FusedKernel = {
  name: "LossaryValidVoxels",
  arrays: {
    shape: ([batch]) => [batch, 1],
    loops: weightSums,
    simd: {
      module: plainModule,
      fill: (simd, given, sums) =>
        sumsOf(simd, given, sums, { columns: 1, run: ({ count }) => simd.run.weightSum(count) }),
    },
  },
  gpu: (call) => {
    const source = "fn termsOf(n: i32, i: i32, c: i32) -> f32 { return 1.0; }";
    return matrix(sumsOnGpu(call, 1, { name: "valid", source, columns: 1 }));
  },
};

/** sum v g, `[batch, classes]`. */
export const fusedLabelledSums: FusedKernel = {
  name: "LossaryLabelledSums",
  arrays: {
    shape: ([batch, , classes]) => [batch, classes],
    loops: labelledSums,
    simd: {
      module: plainModule,
      fill: (simd, given, sums) => sumsOf(simd, given, sums, { run: ({ count }) => simd.run.labelledSums(count) }),
    },
  },
  gpu: (call) => {
    const source = "fn termsOf(n: i32, i: i32, c: i32) -> f32 { return labelOf(n, i, c); }";
    return matrix(sumsOnGpu(call, 1, { name: "labelled", source }));
  },
};

/** 1 where a label does not count, 0 where all of them do, `[1]`. */
export const fusedAnyIgnored: FusedKernel = {
  name: "LossaryAnyIgnored",
  arrays: { shape: () => [1], loops: anyIgnored },
};

/** v, `[batch, voxels]`. */
export const fusedVoxelWeights: FusedKernel = {
  name: "LossaryVoxelWeights",
  arrays: { shape: ([batch, voxels]) => [batch, voxels], loops: voxelWeights },
  gpu: (call) => mapOnGpu(call, "return weight;", { name: "weights", source: "" }),
};
