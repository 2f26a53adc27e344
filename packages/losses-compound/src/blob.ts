import {
  flag,
  hasIndices,
  numberWithin,
  type OptionRules,
  type Problem,
  prepare,
  probabilities,
  readOptions,
  refuse,
  type SettledShared,
  sharedRules,
  weightsOf,
} from "@lossary/core-reduce";
import { connectedComponents } from "@lossary/distance-map/array";
import {
  add,
  getBackend,
  mul,
  reshape,
  slice,
  type Tensor,
  type Tensor3D,
  tensor,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { type CompoundResult, weigh } from "./compound.ts";

/** The weights of {@link blobLoss}. */
export interface BlobWeights {
  /**
   * Weight of the loss over the whole image.
   * @defaultValue `2`
   */
  mainWeight?: number;
  /**
   * Weight of the mean loss over the blobs.
   * @defaultValue `1`
   */
  blobWeight?: number;
}

/** A loss over the whole image and over each connected component of the truth. */
export type BlobLoss<LossOptions extends object> = <Options extends LossOptions & { components?: boolean }>(
  labels: Tensor,
  predictions: Tensor,
  options?: Options,
) => CompoundResult<Options, "main" | "blobs">;

const weightRules = {
  mainWeight: numberWithin(0, Number.POSITIVE_INFINITY, 2),
  blobWeight: numberWithin(0, Number.POSITIVE_INFINITY, 1),
} satisfies OptionRules;

/** Whether an option describes the whole image; a component is one mask of probabilities. */
function isOfTheWhole(name: string): boolean {
  return (name in sharedRules && name !== "fused") || name === "components" || name === "over";
}

/**
 * Makes a blob loss out of any loss: the loss over the whole image plus its mean over the connected components of the truth, so that a small
 * lesion counts as much as a large one.
 *
 * ```math
 * L = a\, L(g, p) + b\, \operatorname{E}_n \operatorname{E}_c \operatorname{E}_k\, L\big(g^{(k)}, p\big), \qquad a = 2,\ b = 1
 * ```
 *
 * g^(k) is the k-th component of a class; its loss is taken over all voxels but those of the other components of that class, on which a
 * prediction is neither right nor wrong. Voxels belong together if they share a face, an edge or a corner. Means run over the components, then
 * over the classes that have some, then over samples. With exclusive classes the background has no blobs.
 *
 * The labels are read back, as the components must be found; where a backend cannot do that at once (webgpu), this throws.
 * The prediction is never read.
 *
 * @param loss - any loss `(labels, predictions, options?)` that takes one class of probabilities
 * @param weights - a and b, see {@link BlobWeights}
 * @returns a loss with the options of `loss`; a scalar, or with `components: true` a record of `main`, `blobs` (unweighted) and `total`
 * @throws Error for any reduction but the mean, and for weights below 0
 *
 * @example
 * ```ts
 * import { blobLoss } from "@lossary/losses-compound";
 * import { diceLoss } from "@lossary/losses-region";
 * import { tensor3d } from "@tensorflow/tfjs";
 *
 * const loss = blobLoss(diceLoss);
 * // a large lesion that is found, and a small one that is missed: Dice is .2, but half of the blobs cost 1
 * const truth = tensor3d([[[1], [1], [1], [1], [0], [1]]]);
 * const prediction = tensor3d([[[1], [1], [1], [1], [0], [0]]]);
 * const { main, blobs } = loss(truth, prediction, { components: true });
 * main.print(); // 0.1111
 * blobs.print(); // 0.5
 * ```
 *
 * @see F. Kofler et al.: blob loss. IPMI 2023, {@link https://arxiv.org/abs/2205.08209}
 */
export function blobLoss<LossOptions extends object>(
  loss: (labels: Tensor, predictions: Tensor, options?: LossOptions) => Tensor,
  weights?: BlobWeights,
): BlobLoss<LossOptions> {
  if (typeof loss !== "function") refuse("blobLoss", "loss", "a function", loss);
  const { mainWeight, blobWeight } = readOptions("blobLoss", weights, weightRules);
  return (labels, predictions, options) =>
    weigh("blobLoss", options, () => {
      const { components: _, ...own } = { ...options };
      const settled = sharedAmong(options);
      const problem = prepare("blobLoss", labels, predictions, settled);
      const main = loss(labels, predictions, (options && own) as unknown as LossOptions);
      return [
        { name: "main" as const, weight: mainWeight, value: main },
        {
          name: "blobs" as const,
          weight: blobWeight,
          value: meanOverBlobs(loss, problem, settled, own) ?? zerosLike(main),
        },
      ];
    });
}

/** The shared options among those of a loss; the rest is the loss's own business. */
function sharedAmong(options: object | undefined): SettledShared {
  const given = Object.entries(options ?? {}).filter(([name]) => name in sharedRules || name === "components");
  const settled = readOptions("blobLoss", Object.fromEntries(given), { ...sharedRules, components: flag(false) });
  if (settled.reduction !== "mean")
    refuse("blobLoss", "reduction", '"mean", the only one that blobs have', settled.reduction);
  return settled;
}

/** The mean over samples, classes and components; nothing where no sample has a component. */
function meanOverBlobs<LossOptions extends object>(
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
