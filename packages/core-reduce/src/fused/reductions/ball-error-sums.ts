import { type BallWork, ballErrors, loopWeigh, scaleSlopes } from "../ball-errors.ts";
import { ballsOf, loopBallSums } from "../balls.ts";
import type { ArrayCall, FusedReduction } from "../fused-kernel.ts";
import { windowsModule } from "../modules/windows.generated.ts";
import { simdBalls } from "../simd-balls.ts";
import type { VoxelArrays } from "../voxel-arrays.ts";

const byLoops: BallWork = { sumsOf: loopBallSums, weigh: loopWeigh };

/** The sums of squared errors that balls around them confirm, `[batch, classes]`; all slopes are made with them, if a gradient will be asked for. */
export const fusedBallErrorSums: FusedReduction = {
  forward: {
    name: "LossaryBallErrorSums",
    arrays: {
      shape: ([batch, , classes]) => [batch, classes],
      loops: (given, sums, call) => ballErrors(given, ballsOf(call), byLoops, sums, undefined),
      simd: {
        module: windowsModule,
        leaves: () => true,
        fill: (simd, given, sums, call) => ballErrors(given, ballsOf(call), simdBalls(simd), sums, given.leaving),
      },
    },
  },
  backward: {
    name: "LossaryBallErrorSumsGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) => gradientOf(given, gradient, call, byLoops),
      simd: {
        module: windowsModule,
        fill: (simd, given, gradient, call) => gradientOf(given, gradient, call, simdBalls(simd)),
      },
    },
  },
};

function gradientOf(given: VoxelArrays, gradient: Float32Array, call: ArrayCall, work: BallWork): void {
  const { batch, classes, left } = given;
  if (!left) ballErrors(given, ballsOf(call), work, new Float32Array(batch * classes), gradient);
  scaleSlopes(given, call.floats("upstream"), left ?? gradient, gradient);
}
