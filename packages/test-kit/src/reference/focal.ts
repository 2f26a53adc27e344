import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type Prepared, prepare, smoothTargets } from "./prepare.ts";
import { meanOverChannels, reduceVoxels, sumOverClasses } from "./voxel-map.ts";

/** The focal voxel map: -sum_c a_c g (1-p)^gamma ln p, or the mean over channels of its two-sided form. */
export function focalMap(prepared: Prepared): Float64Array {
  const { p, complement, logP, logComplement, options } = prepared;
  const { gamma = 2, alpha } = options;
  const g = smoothTargets(prepared);
  const positive = (k: number) => (g[k] as number) * modulate(complement[k] as number, gamma) * (logP[k] as number);
  const negative = (k: number) =>
    (1 - (g[k] as number)) * modulate(p[k] as number, gamma) * (logComplement[k] as number);
  const balance = (c: number) => (typeof alpha === "number" ? alpha : (alpha?.[c] as number));
  if (prepared.exclusive) {
    const share = (c: number) => (typeof alpha === "number" && c === 0 ? 1 - alpha : balance(c));
    return sumOverClasses(prepared, (_, c, k) => -(alpha === undefined ? 1 : share(c)) * positive(k));
  }
  return meanOverChannels(prepared, (_, c, k) =>
    alpha === undefined ? -positive(k) - negative(k) : -balance(c) * positive(k) - (1 - balance(c)) * negative(k),
  );
}

// x^gamma for a probability that rounding or a difference step may carry below 0.
function modulate(x: number, gamma: number): number {
  return gamma === 0 ? 1 : Math.max(x, 0) ** gamma;
}

/** Focal loss in float64. */
export function focalLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  return reduceVoxels(prepared, focalMap(prepared));
}
