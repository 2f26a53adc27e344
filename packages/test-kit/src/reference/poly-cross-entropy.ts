import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type Prepared, prepare, smoothTargets } from "./prepare.ts";
import { meanOverChannels, reduceVoxels, sumOverClasses } from "./voxel-map.ts";

/** -sum_c q_c g [ln p - e (1 - p)], or the mean over channels of both sides. */
function polyMap(prepared: Prepared): Float64Array {
  const { p, complement, logP, logComplement, options } = prepared;
  const { epsilon = 1 } = options;
  const g = smoothTargets(prepared);
  const positive = (k: number) => (g[k] as number) * (epsilon * (complement[k] as number) - (logP[k] as number));
  const negative = (k: number) => (1 - (g[k] as number)) * (epsilon * (p[k] as number) - (logComplement[k] as number));
  if (prepared.exclusive) return sumOverClasses(prepared, (_, _c, k) => positive(k));
  return meanOverChannels(prepared, (_, _c, k) => positive(k) + negative(k));
}

/** Poly-1 cross entropy in float64: cross entropy + e (1 - p_t). */
export function polyCrossEntropyLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  return reduceVoxels(prepared, polyMap(prepared));
}
