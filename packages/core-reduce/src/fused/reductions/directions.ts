import { directionLosses, scaleSamples } from "../direction-losses.ts";
import { distributions, recordLength } from "../distributions.ts";
import { type Distributions, faceDivergences } from "../face-divergences.ts";
import type { ArrayCall, FusedKernel, FusedReduction } from "../fused-kernel.ts";
import { distributionsModule } from "../modules/distributions.generated.ts";
import type { Directions } from "../moving-voxels.ts";
import { distributions as simdDistributions } from "../simd-distributions.ts";
import type { VoxelArrays } from "../voxel-arrays.ts";

function distributionsOf({ batch, weights }: VoxelArrays, records: Float32Array, call: ArrayCall): Distributions {
  const spatial = call.attributes.spatial as number[];
  const voxels = spatial.reduce((size, side) => size * side, batch);
  return { batch, spatial, sides: records.length / voxels / 2, records, weights };
}

function directionsOf(given: VoxelArrays, call: ArrayCall): Directions {
  const { maxDistance, smoothing, tie } = call.attributes as Record<"maxDistance" | "smoothing" | "tie", number>;
  const [distance, boundary] = [call.floats("distance"), call.floats("boundary")];
  return {
    ...distributionsOf(given, call.floats("distributions"), call),
    distance,
    boundary,
    maxDistance,
    smoothing,
    tie,
  };
}

/** P and -ln P of each voxel. */
export const fusedDistributions: FusedKernel = {
  name: "LossaryDistributions",
  arrays: {
    shape: ([batch, voxels, classes]) => [batch, voxels, recordLength(classes)],
    loops: distributions,
    simd: { module: distributionsModule, fill: simdDistributions },
  },
};

/** How much each voxel's distribution turns towards its face neighbours. */
export const fusedFaceDivergences: FusedKernel = {
  name: "LossaryFaceDivergences",
  arrays: {
    shape: ([batch, voxels]) => [batch, voxels],
    loops: (given, turns, call) => faceDivergences(distributionsOf(given, call.floats("predictions"), call), turns),
  },
};

/** The losses of the samples, of the few voxels that should go somewhere. The forward pass leaves their gradients, of which the other is made. */
export const fusedDirectionLosses: FusedReduction = {
  forward: {
    name: "LossaryDirectionLosses",
    arrays: {
      shape: ([batch]) => [batch],
      leaves: true,
      loops: (given, losses, call) => {
        const { classes, activation, leaving } = given;
        const slopes = leaving && { classes, activation, gradient: leaving };
        directionLosses(directionsOf(given, call), losses, slopes);
      },
    },
  },
  backward: {
    name: "LossaryDirectionLossesGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) => {
        const { batch, classes, activation, left } = given;
        const slopes = { classes, activation, gradient };
        if (left === undefined) directionLosses(directionsOf(given, call), new Float32Array(batch), slopes);
        scaleSamples(gradient, call.floats("upstream"));
      },
    },
  },
};
