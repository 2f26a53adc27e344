import type { ReferenceInput, ReferenceLoss, ReferenceResult } from "./input.ts";
import { coordinatesOf, indexOf } from "./neighbourhood.ts";
import { weightedResults } from "./weighted-sum.ts";

/** nnU-Net's weights: halved at each level, nothing for the coarsest of several, together 1. */
export function deepSupervisionWeights(levels: number): number[] {
  const weights = Array.from({ length: levels }, (_, k) => (levels > 1 && k === levels - 1 ? 0 : 2 ** -k));
  const sum = weights.reduce((total, w) => total + w, 0);
  return weights.map((w) => w / sum);
}

/** Takes the voxel nearest to the middle of each coarse voxel, so that no label is invented. */
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

/** sum_k w_k L(targets brought to level k, predictions of level k); `input` is the finest level, with its targets. */
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
