import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { FusedReduction } from "../fused-kernel.ts";
import { matrix, sumsOnGpu } from "../gpu/voxel-programs.ts";
import { valueSums } from "../loop-sums.ts";
import { spreadSums } from "../maps.ts";
import { plainModule } from "../modules/plain.generated.ts";
import { sumsOf } from "../simd-passes.ts";

/** The sums of values over the voxels, `[batch, channels]`. */
export const fusedVoxelSums: FusedReduction = {
  forward: {
    name: "LossarySumVoxels",
    arrays: {
      shape: ([batch, , classes]) => [batch, classes],
      loops: valueSums,
      simd: {
        module: plainModule,
        fill: (simd, given, sums) => sumsOf(simd, given, sums, { run: ({ count }) => simd.run.valueSums(count) }),
      },
    },
    gpu: (call) => {
      const source = "fn termsOf(n: i32, i: i32, c: i32) -> f32 { return getPredictions(n, i, c); }";
      return matrix(sumsOnGpu(call, 1, { name: "voxels", source }));
    },
  },
  backward: {
    name: "LossarySumVoxelsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) => spreadSums(given, call.floats("upstream"), gradient),
    },
    gpu: ({ inputs, gpu }) => {
      const { predictions, upstream } = inputs as { predictions: TensorInfo; upstream: TensorInfo };
      const source = "fn valueAt(n: i32, i: i32, c: i32) -> f32 { return getUpstream(n, c); }";
      const shape = predictions.shape as [number, number, number];
      return gpu.run({ name: "voxels gradient", source, shape, width: 1, inputs: { upstream }, integers: {} });
    },
  },
};
