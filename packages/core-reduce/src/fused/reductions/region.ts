import type { FusedKernel } from "../fused-kernel.ts";
import { markRegion } from "../maps.ts";

/** The region of one class in labels, `[batch, voxels, 1]`. */
export const fusedRegion: FusedKernel = {
  name: "LossaryRegion",
  arrays: {
    shape: ([batch, voxels]) => [batch, voxels, 1],
    loops: (given, region, { attributes }) => markRegion(given, attributes.label as number, region),
  },
};
