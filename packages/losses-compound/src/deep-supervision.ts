import { describable, numberWithin, refuse, toPlain } from "@lossary/core-reduce";
import { add, mul, Tensor, tidy } from "@tensorflow/tfjs-core";
import { atResolution, optionsAt } from "./at-resolution.ts";

/** A loss over the outputs of a network at several resolutions, the finest first. */
export type DeepSupervision<Options extends object> = (
  labels: Tensor,
  predictions: readonly Tensor[],
  options?: Options,
) => Tensor;

/**
 * Makes a loss for deep supervision out of any loss: the weighted sum over the outputs of a network at several resolutions.
 *
 * ```math
 * L = \sum_k w_k\, L(\text{labels at the resolution of } k,\ \text{predictions}_k)
 * ```
 *
 * Labels are brought to each resolution by taking the voxel nearest to the middle of each coarse one: no label is invented, none is
 * averaged, and ignored labels stay ignored. Tensors among the options (`weights`, `distanceMap`) are brought along in the same way, and `spacing`
 * grows as the voxels do.
 *
 * @param loss - any loss `(labels, predictions, options?)`
 * @param weights - one factor an output, finest first; by default nnU-Net's: halved at each level, nothing for the coarsest of several, together 1
 * @returns a loss `(labels, predictions[], options?)`; labels have the resolution of the first output
 * @throws Error for weights that are none or of the wrong number, and for outputs that are not coarser versions of the first
 *
 * @example
 * ```ts
 * import { deepSupervision, diceCrossEntropyLoss } from "@lossary/losses-compound";
 * import { tensor2d, zeros } from "@tensorflow/tfjs";
 *
 * const loss = deepSupervision(diceCrossEntropyLoss);
 * const truth = tensor2d([[0, 0, 1, 1]], [1, 4], "int32");
 * const outputs = [zeros([1, 4, 2]), zeros([1, 2, 2]), zeros([1, 1, 2])];
 * loss(truth, outputs, { activation: "softmax" }).print(); // 1.1931
 * ```
 *
 * @see C.-Y. Lee et al.: Deeply-supervised nets. AISTATS 2015, {@link https://arxiv.org/abs/1409.5185}
 * @see F. Isensee et al.: nnU-Net. Nature Methods 2021, {@link https://arxiv.org/abs/1809.10486}
 */
export function deepSupervision<Options extends object>(
  loss: (labels: Tensor, predictions: Tensor, options?: Options) => Tensor | object,
  weights?: readonly number[],
): DeepSupervision<Options> {
  if (typeof loss !== "function") refuse("deepSupervision", "loss", "a function", loss);
  if (weights !== undefined) checkWeights("deepSupervision", weights);
  const supervised: DeepSupervision<Options> = (labels, predictions, options) => {
    checkOutputs(predictions, weights);
    const used = weights ?? deepSupervisionWeights(predictions.length);
    return tidy(() => {
      const terms = predictions.flatMap((prediction, level) => {
        const weight = used[level] as number;
        if (weight === 0) return [];
        const [finest] = predictions as [Tensor];
        const [from, to] = [finest.shape.slice(1, -1), prediction.shape.slice(1, -1)];
        const at = { who: "deepSupervision", from, to };
        const value = loss(atResolution("labels", labels, at), prediction, optionsAt(options, at));
        if (!(value instanceof Tensor)) refuse("deepSupervision", "components", "left out", true);
        return [mul(value, weight)];
      });
      const [first] = terms as [Tensor];
      const other = terms.find(({ shape }) => shape.join() !== first.shape.join());
      if (other)
        refuse(
          "deepSupervision",
          "reduction",
          '"mean", "sum" or "sample", as voxel maps of two resolutions do not add',
          "none",
        );
      return terms.reduce((sum, term) => add(sum, term));
    });
  };
  const given = weights === undefined ? [loss] : [loss, [...weights]];
  return describable(supervised, "deepSupervision", () => ({
    make: "deepSupervision",
    from: given.map((value, place) => toPlain("deepSupervision", place === 0 ? "loss" : "weights", value)),
  }));
}

/**
 * nnU-Net's weights for deep supervision: halved at each level, nothing for the coarsest of several, together 1.
 *
 * ```math
 * w_l = \frac{2^{-l}}{\sum_{k = 0}^{L - 2} 2^{-k}} \ \text{for } l < L - 1, \qquad w_{L - 1} = 0
 * ```
 *
 * @param levels - L, how many outputs there are, at least 1; the weight of a single one is 1
 * @returns one weight an output, finest first, each from 0 to 1
 *
 * @example
 * ```ts
 * import { deepSupervisionWeights } from "@lossary/losses-compound";
 *
 * console.log(deepSupervisionWeights(3)); // [ 0.6666666666666666, 0.3333333333333333, 0 ]
 * ```
 */
export function deepSupervisionWeights(levels: number): number[] {
  if (!Number.isInteger(levels) || levels < 1 || levels > mostLevels)
    refuse("deepSupervisionWeights", "levels", `an integer from 1 to ${mostLevels}`, levels);
  const weights = Array.from({ length: levels }, (_, level) => (levels > 1 && level === levels - 1 ? 0 : 2 ** -level));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Each level halves the sides of the one before; no tensor has more. */
const mostLevels = 32;

/** Throws for weights that are none. */
export function checkWeights(who: string, weights: readonly number[]): void {
  const { allows: isWeight } = numberWithin(0, Number.POSITIVE_INFINITY, 1);
  if (!Array.isArray(weights) || !weights.every(isWeight) || !weights.some((weight) => weight > 0)) {
    refuse(who, "weights", "finite numbers, none below 0 and not all 0, one an output", weights);
  }
}

function checkOutputs(predictions: readonly Tensor[], weights: readonly number[] | undefined): void {
  const isTensor = (value: unknown) => value instanceof Tensor;
  if (!Array.isArray(predictions) || predictions.length === 0 || !predictions.every(isTensor)) {
    refuse("deepSupervision", "predictions", "a list of tensors, one an output, the finest first", predictions);
  }
  if (weights !== undefined && weights.length !== predictions.length) {
    refuse("deepSupervision", "weights", `${predictions.length} numbers, one an output`, weights);
  }
  const [finest] = predictions as [Tensor, ...Tensor[]];
  for (const [level, output] of predictions.entries()) {
    const fits =
      output.rank === finest.rank &&
      output.shape.every((side: number, axis: number) => isCoarser(side, finest.shape, axis));
    if (!fits)
      refuse(
        "deepSupervision",
        `predictions[${level}]`,
        `[${finest.shape.join(",")}] or coarser in its spatial axes`,
        output,
      );
  }
}

function isCoarser(side: number, finest: readonly number[], axis: number): boolean {
  const whole = finest[axis] as number;
  const isSpatial = axis > 0 && axis < finest.length - 1;
  return isSpatial ? side >= 1 && side <= whole : side === whole;
}
