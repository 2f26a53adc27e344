import { registerKernel } from "@tensorflow/tfjs-core";
import "./mine.js";

let called = 0;

/** How often the kernel has run. */
export const calls = () => called;

/** The weight of the voxels of each sample that count. */
export function validVoxels({ inputs: { labels, weights }, attrs: { classes, ignoreLabel }, backend }) {
  called++;
  const [batch, voxels] = (labels ?? weights).shape;
  const indices = labels && backend.readSync(labels.dataId);
  const given = weights && backend.readSync(weights.dataId);
  const sums = new Float32Array(batch);
  for (let at = 0; at < batch * voxels; at++) {
    const label = indices?.[at] ?? 0;
    const isValid = label >= 0 && label < Math.max(classes, 2) && label !== ignoreLabel;
    sums[Math.floor(at / voxels)] += isValid ? (given?.[at] ?? 1) : 0;
  }
  const shape = [batch, 1];
  return { dataId: backend.write(sums, shape, "float32"), shape, dtype: "float32" };
}

registerKernel({ backendName: "mine", kernelName: "LossaryValidVoxels", kernelFunc: validVoxels });
