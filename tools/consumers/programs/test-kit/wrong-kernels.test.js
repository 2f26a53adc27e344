import { crossEntropyLoss } from "@lossary/losses-distribution";
import { contractsOf, testOn } from "@lossary/test-kit";
import { registerKernel } from "@tensorflow/tfjs-core";
import { little } from "./little.js";
import { standIn } from "./stand-in.js";
import { validVoxels } from "./valid-voxels.js";

/** Kernels that count the voxels that count, but for one mistake. */
const wrong = {
  // whatever voxels weigh, and whether or not they are ignored
  careless: ({ inputs: { labels, weights }, backend }) => {
    const [batch, voxels] = (labels ?? weights).shape;
    const shape = [batch, 1];
    return { dataId: backend.write(new Float32Array(batch).fill(voxels), shape, "float32"), shape, dtype: "float32" };
  },
  // each call leaves something behind
  forgetful: (given) => {
    given.backend.write(new Float32Array(1), [1], "float32");
    return validVoxels(given);
  },
};

for (const [backendName, kernelFunc] of Object.entries(wrong)) {
  standIn(backendName);
  registerKernel({ backendName, kernelName: "LossaryValidVoxels", kernelFunc });
}

testOn({ careless: little, forgetful: little });
contractsOf({ crossEntropyLoss });
