import type { ReferenceInput, ReferenceLoss, ReferenceResult } from "./input.ts";
import { coordinatesOf, indexOf } from "./neighbourhood.ts";
import { weightedResults } from "./weighted-sum.ts";

/**
 * nnU-Net's weights: halved at each level, nothing for the coarsest of several, together 1.
 *
 * ```math
 * w_l = \frac{2^{-l}}{\sum_{k = 0}^{L - 2} 2^{-k}} \ \text{for } l < L - 1, \qquad w_{L - 1} = 0
 * ```
 *
 * @param levels - L, at least 1; the weight of a single level is 1
 * @returns one weight a level, finest first
 *
 * @example
 * ```ts
 * import { deepSupervisionWeights } from "@lossary/test-kit/reference";
 *
 * console.log(deepSupervisionWeights(4).map((weight) => weight.toFixed(4)).join(" ")); // 0.5714 0.2857 0.1429 0.0000
 * ```
 */
export function deepSupervisionWeights(levels: number): number[] {
  const weights = Array.from({ length: levels }, (_, k) => (levels > 1 && k === levels - 1 ? 0 : 2 ** -k));
  const sum = weights.reduce((total, w) => total + w, 0);
  return weights.map((w) => w / sum);
}

/**
 * Takes the voxel nearest to the middle of each coarse voxel, so that no label is invented.
 *
 * ```math
 * y_i = x_j, \qquad j_a = \left\lfloor \left( i_a + \tfrac{1}{2} \right) \frac{F_a}{T_a} \right\rfloor \ \text{along each axis } a
 * ```
 *
 * @param values - of all samples, any number of them a voxel
 * @param batch - how many samples there are
 * @param from - F, the sides of the fine image
 * @param to - T, those of the coarse one
 * @returns the values of the coarse image, in the same kind of array
 *
 * @example
 * ```ts
 * import { downsample } from "@lossary/test-kit/reference";
 *
 * console.log(downsample(Int32Array.of(0, 1, 2, 3, 4, 5), 1, [6], [2]).join(" ")); // 1 4
 * ```
 */
export function downsample<Numbers extends Float64Array | Int32Array>(
  values: Numbers,
  batch: number,
  from: readonly number[],
  to: readonly number[],
): Numbers {
  const [fine, coarse] = [from, to].map((sides) => sides.reduce((size, side) => size * side, 1)) as [number, number];
  const width = values.length / (batch * fine);
  const picked = values.slice(0, batch * coarse * width) as Numbers;
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < coarse; i++) {
      const at = coordinatesOf(to, i).map((x, axis) =>
        Math.floor(((x + 0.5) * (from[axis] as number)) / (to[axis] as number)),
      );
      const source = n * fine + (indexOf(from, at) as number);
      for (let c = 0; c < width; c++) picked[(n * coarse + i) * width + c] = values[source * width + c] as number;
    }
  }
  return picked;
}

/** A level of a deeply supervised network. */
export interface Level {
  /** `[batch, ...spatial, classes]`. */
  readonly shape: readonly number[];
  /** Probabilities or logits, as the options say. */
  readonly predictions: Float64Array;
}

/**
 * A loss over all levels, $\sum_k w_k L$ of the targets brought to level k and the predictions of level k.
 *
 * @param loss - L
 * @param weights - w, finest first; by default {@link deepSupervisionWeights}
 * @returns a function of the finest level, with its targets, and the coarser levels
 *
 * @example
 * ```ts
 * import { deepSupervision, referenceLosses } from "@lossary/test-kit/reference";
 *
 * const input = {
 *   shape: [1, 4, 1],
 *   predictions: Float64Array.of(0.9, 0.2, 0.6, 0.3),
 *   labels: Int32Array.of(1, 0, 1, 1),
 * };
 * const coarser = { shape: [1, 2, 1], predictions: Float64Array.of(0.5, 0.5) };
 * const supervised = deepSupervision(referenceLosses.diceLoss, [1, 1]);
 * console.log(supervised(input, [coarser]).values[0]?.toFixed(4)); // 0.7800: 0.28 and 0.5
 * ```
 */
export function deepSupervision(loss: ReferenceLoss, weights?: readonly number[]) {
  return (input: ReferenceInput, coarser: readonly Level[]): ReferenceResult => {
    const levels = [input, ...coarser];
    const used = weights ?? deepSupervisionWeights(levels.length);
    const batch = input.shape[0] as number;
    const fine = input.shape.slice(1, -1);
    const terms = levels.flatMap(({ shape, predictions }, k) => {
      const weight = used[k] as number;
      if (weight === 0) return [];
      const at = shape.slice(1, -1);
      const labels = downsample(input.labels, batch, fine, at);
      const { weights: voxelWeights, ...rest } = input.options ?? {};
      const options = voxelWeights ? { ...rest, weights: downsample(voxelWeights, batch, fine, at) } : rest;
      return [{ weight, result: loss({ shape, predictions, labels, options }) }];
    });
    return weightedResults(terms);
  };
}
