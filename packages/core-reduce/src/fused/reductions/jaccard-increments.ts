import type { FusedKernel } from "../fused-kernel.ts";
import { jaccardIncrements } from "../jaccard.ts";

/** What the Jaccard loss grows by at each voxel, as large as the errors. */
export const fusedJaccardIncrements: FusedKernel = {
  name: "LossaryJaccardIncrements",
  arrays: {
    shape: (sizes) => [...sizes],
    loops: ({ batch: groups, voxels: size, classes, weights }, increments, { floats }) => {
      const [errors, positives] = [floats("predictions"), floats("positives")];
      jaccardIncrements({ groups, size, classes, errors, positives, weights }, increments);
    },
  },
};
