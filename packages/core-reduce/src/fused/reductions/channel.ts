import type { FusedKernel } from "../fused-kernel.ts";
import { takeChannel } from "../maps.ts";

/** One channel of values, `[batch, voxels, 1]`. */
export const fusedChannel: FusedKernel = {
  name: "LossaryChannel",
  arrays: {
    shape: ([batch, voxels]) => [batch, voxels, 1],
    loops: ({ classes }, channel, { attributes, floats }) =>
      takeChannel(floats("predictions"), classes, attributes.channel as number, channel),
  },
};
