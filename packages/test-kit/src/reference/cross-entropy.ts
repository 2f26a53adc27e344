import type { ReferenceInput, ReferenceResult } from "./input.ts";
import { type Prepared, prepare, smoothTargets } from "./prepare.ts";
import { meanOverChannels, reduceVoxels, sumOverClasses } from "./voxel-map.ts";

/**
 * m_i = -sum_c q_c g_ic ln p_ic, or the mean over channels of -q_c [g ln p + (1 - g) ln(1 - p)]; `factor` multiplies
 * the term of one element (a distance penalty).
 */
export function crossEntropyMap(
  prepared: Prepared,
  factor: (voxel: number, c: number) => number = () => 1,
): Float64Array {
  const { logP, logComplement } = prepared;
  const g = smoothTargets(prepared);
  if (prepared.exclusive) {
    return sumOverClasses(prepared, (i, c, k) => -factor(i, c) * times(g[k] as number, logP[k] as number));
  }
  return meanOverChannels(
    prepared,
    (i, c, k) =>
      -factor(i, c) *
      (times(g[k] as number, logP[k] as number) + times(1 - (g[k] as number), logComplement[k] as number)),
  );
}

// 0 ln 0 = 0.
function times(weight: number, log: number): number {
  return weight === 0 ? 0 : weight * log;
}

/** Cross entropy in float64. */
export function crossEntropyLoss(input: ReferenceInput): ReferenceResult {
  const prepared = prepare(input);
  return reduceVoxels(prepared, crossEntropyMap(prepared));
}
