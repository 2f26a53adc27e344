import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type Prepared, prepare, smoothTargets } from "./prepare.ts";
import { meanOverChannels, reduceVoxels } from "./voxel-map.ts";

/** The mean over channels of -[b g ln p + (1-b)(1-g) ln(1-p)], whatever the activation. */
export function balancedCrossEntropyMap(prepared: Prepared): Float64Array {
  const { logP, logComplement, voxels } = prepared;
  const g = smoothTargets(prepared);
  const beta = betas(prepared);
  return meanOverChannels(prepared, (i, c, k) => {
    const b = beta(Math.floor(i / voxels), c);
    return -(
      b * (g[k] as number) * (logP[k] as number) +
      (1 - b) * (1 - (g[k] as number)) * (logComplement[k] as number)
    );
  });
}

// auto: the share of negatives among the valid voxels of a (sample, class), from the unsmoothed targets, clamped.
function betas(prepared: Prepared): (sample: number, c: number) => number {
  const { beta = "auto", betaRange = [0.01, 0.99] } = prepared.options;
  if (typeof beta === "number") return () => beta;
  const { batch, voxels, classes, g, v } = prepared;
  const table = Array.from({ length: batch }, (_, n) =>
    Array.from({ length: classes }, (_, c) => {
      let negatives = 0;
      let valid = 0;
      for (let i = n * voxels; i < (n + 1) * voxels; i++) {
        valid += v[i] as number;
        negatives += (v[i] as number) * (1 - (g[i * classes + c] as number));
      }
      return Math.min(Math.max(valid === 0 ? 0 : negatives / valid, betaRange[0]), betaRange[1]);
    }),
  );
  return (n, c) => (table[n] as number[])[c] as number;
}

/** Balanced cross entropy in float64: per channel by definition, so softmax channels are taken one by one too. */
export function balancedCrossEntropyLoss(input: ReferenceInput): ReferenceResult {
  const prepared = { ...prepare(input), exclusive: false };
  return reduceVoxels(prepared, balancedCrossEntropyMap(prepared));
}
