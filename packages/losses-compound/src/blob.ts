import {
  describable,
  flag,
  numberWithin,
  type OptionRules,
  prepare,
  readOptions,
  refuse,
  type SettledShared,
  sharedRules,
  toPlain,
} from "@lossary/core-reduce";
import { type Tensor, zerosLike } from "@tensorflow/tfjs-core";
import { type CompoundResult, named, weigh } from "./compound.ts";
import { meanOverBlobs } from "./mean-over-blobs.ts";
import { equationOf, ratioOverBlobs } from "./ratio-over-blobs.ts";

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
 * Range: a + b times that of `loss`; the optimum is where that of `loss` is.
 *
 * Differs from: no other implementation that its numbers were compared with.
 *
 * Of a loss that is an equation on sums of overlap, and classes that exclude each other, all components are summed in one pass over the voxels.
 *
 * The labels are read back, as the components must be found; where a backend cannot do that at once (webgpu), this throws.
 * The prediction is never read.
 *
 * @param loss - any loss `(labels, predictions, options?)` that takes one class of probabilities
 * @param weights - a and b, see {@link BlobWeights}
 * @returns a loss with the options of `loss`; a scalar, or with `components: true` a record of `main`, `blobs` (unweighted) and `total`
 * @throws Error for any reduction but the mean, for predictions without a spatial axis, and for weights below 0
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
  const overBlobs: BlobLoss<LossOptions> = (labels, predictions, options) =>
    weigh("blobLoss", options, () => {
      const { components: _, ...own } = { ...options };
      const settled = sharedAmong(options);
      const problem = prepare("blobLoss", labels, predictions, settled);
      if (problem.spatial.length === 0) {
        throw new Error("blobLoss: predictions need a spatial axis to find blobs on, [batch, ...spatial, classes]");
      }
      const ofComponents = ofOneComponent(own);
      const equation = equationOf(loss, own);
      const inOnePass = () => equation && ratioOverBlobs(equation, problem, settled, { ofWhole: own, ofComponents });
      const ratio = equation && named("blobLoss", inOnePass, { [equation.name]: equation.loss });
      const ofWhole = () => loss(labels, predictions, (options && own) as unknown as LossOptions);
      const main = ratio?.main ?? named("blobLoss", ofWhole);
      const blobs = ratio?.blobs ?? meanOverBlobs(loss, problem, settled, ofComponents) ?? zerosLike(main);
      return [
        { name: "main" as const, weight: mainWeight, value: main },
        { name: "blobs" as const, weight: blobWeight, value: blobs },
      ];
    });
  return describable(overBlobs, "blobLoss", () => ({
    make: "blobLoss",
    from: [toPlain("blobLoss", "loss", loss), { mainWeight, blobWeight }],
  }));
}

/** The shared options among those of a loss; the rest is the loss's own business. */
function sharedAmong(options: object | undefined): SettledShared {
  const given = Object.entries(options ?? {}).filter(([name]) => name in sharedRules || name === "components");
  const settled = readOptions("blobLoss", Object.fromEntries(given), { ...sharedRules, components: flag(false) });
  if (settled.reduction !== "mean")
    refuse("blobLoss", "reduction", '"mean", the only one that blobs have', settled.reduction);
  return settled;
}

/** Those options of a loss that do not describe the whole image: a component is one mask of probabilities. */
function ofOneComponent(options: object): Record<string, unknown> {
  const isOfTheWhole = (name: string) => (name in sharedRules && name !== "fused") || name === "over";
  return Object.fromEntries(Object.entries(options).filter(([name]) => !isOfTheWhole(name)));
}
