import {
  hasIndices,
  type Problem,
  probabilities,
  type SettledShared,
  sharedRules,
  weightsOf,
} from "@lossary/core-reduce";
import { connectedComponents } from "@lossary/distance-map/array";
import { add, getBackend, mul, reshape, slice, type Tensor, type Tensor3D, tensor } from "@tensorflow/tfjs-core";

/** Whether an option describes the whole image; a component is one mask of probabilities. */
function isOfTheWhole(name: string): boolean {
  return (name in sharedRules && name !== "fused") || name === "components" || name === "over";
}

/** The mean over samples, classes and components; nothing where no sample has a component. */
export function meanOverBlobs<LossOptions extends object>(
  loss: (labels: Tensor, predictions: Tensor, options?: LossOptions) => Tensor,
  problem: Problem,
  { includeBackground }: SettledShared,
  options: object,
): Tensor | undefined {
  const masks = readMasks(problem);
  const own = Object.fromEntries(Object.entries(options).filter(([name]) => !isOfTheWhole(name)));
  const probability = probabilities(problem);
  const first = !problem.multiLabel || !includeBackground ? 1 : 0;
  const terms: Tensor[] = [];
  for (let sample = 0; sample < problem.batch; sample++) {
    const classes = Array.from({ length: problem.classes }, (_, label) => label)
      .filter((label) => label >= (problem.classes === 1 ? 0 : first))
      .map((label) => ({
        label,
        ...connectedComponents(masks(sample, label), problem.spatial, { connectivity: "corner" }),
      }))
      .filter(({ count }) => count > 0);
    for (const { label, labels, count } of classes) {
      const share = 1 / (problem.batch * classes.length * count);
      const channel = channelOf(probability, problem, sample, label);
      for (let blob = 1; blob <= count; blob++) {
        const target = tensor(
          labels.map((at) => (at === blob ? 1 : 0)),
          channel.shape.slice(0, -1),
          "int32",
        );
        const taken = withoutOthers(labels, blob, problem, sample);
        terms.push(mul(loss(target, channel, { ...own, weights: taken } as unknown as LossOptions), share));
      }
    }
  }
  return terms.length === 0 ? undefined : terms.reduce((sum, term) => add(sum, term));
}

/** One class of one sample as predictions of one class, `[1, ...spatial, 1]`. */
function channelOf(probability: Tensor3D, { voxels, spatial }: Problem, sample: number, label: number): Tensor {
  return reshape(slice(probability, [sample, 0, label], [1, voxels, 1]), [1, ...spatial, 1]);
}

/** The voxel weights of a sample, 0 on the other components of the class. */
function withoutOthers(components: Int32Array, blob: number, problem: Problem, sample: number): Tensor {
  const taken = tensor(
    Float32Array.from(components, (at) => (at === 0 || at === blob ? 1 : 0)),
    [1, problem.voxels],
  );
  const weights = weightsOf(problem);
  const ofSample = weights ? mul(taken, slice(weights, [sample, 0], [1, problem.voxels])) : taken;
  return reshape(ofSample, [1, ...problem.spatial]);
}

/** Reads the labels back: the mask of a class in a sample, without ignored voxels. */
function readMasks(problem: Problem): (sample: number, label: number) => Uint8Array {
  if (getBackend() === "webgpu")
    throw new Error("blobLoss: webgpu cannot read labels back at once; use another backend");
  const { labels, voxels, classes } = problem;
  const values = labels.dataSync();
  const weights = weightsOf(problem)?.dataSync();
  const isInClass = (voxel: number, label: number) =>
    hasIndices(problem)
      ? values[voxel] === (classes === 1 ? 1 : label)
      : (values[voxel * classes + label] as number) > 0.5;
  return (sample, label) =>
    Uint8Array.from({ length: voxels }, (_, i) => {
      const voxel = sample * voxels + i;
      return weights?.[voxel] !== 0 && isInClass(voxel, label) ? 1 : 0;
    });
}
