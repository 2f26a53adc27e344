import {
  directionLosses,
  directionLossesGradient,
  directionsOf,
  distributionsOf,
  faceDivergences,
} from "../directions.ts";
import type { FusedKernel, FusedReduction } from "../fused-kernel.ts";

/** How much each voxel's distribution turns towards its face neighbours. */
export const fusedFaceDivergences: FusedKernel = {
  name: "LossaryFaceDivergences",
  arrays: {
    shape: ([batch, voxels]) => [batch, voxels],
    loops: (given, turns, call) => faceDivergences(distributionsOf(given, call), turns),
  },
};

/** The losses of the samples, of the few voxels that should go somewhere. */
export const fusedDirectionLosses: FusedReduction = {
  forward: {
    name: "LossaryDirectionLosses",
    arrays: {
      shape: ([batch]) => [batch],
      loops: (given, losses, call) => directionLosses(directionsOf(given, call), losses),
    },
  },
  backward: {
    name: "LossaryDirectionLossesGradient",
    arrays: {
      shape: (sizes) => [...sizes],
      loops: (given, gradient, call) =>
        directionLossesGradient(directionsOf(given, call), call.floats("upstream"), gradient),
    },
  },
};
