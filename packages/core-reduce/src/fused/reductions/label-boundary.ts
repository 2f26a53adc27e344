import type { FusedKernel } from "../fused-kernel.ts";
import { offBoundary } from "../label-boundary.ts";

/** 0 on the boundary between the regions of labels, 1 elsewhere. */
export const fusedOffBoundary: FusedKernel = {
  name: "LossaryOffBoundary",
  arrays: {
    shape: ([batch, voxels]) => [batch, voxels, 1],
    loops: (given, off, { attributes }) => offBoundary(given, attributes.spatial as number[], off),
  },
};
